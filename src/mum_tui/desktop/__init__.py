"""The user's desktop: clipboard and browser. Outcomes, not exceptions; no child process touches our terminal."""
