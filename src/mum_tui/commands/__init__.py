"""What the verbs of the command line do; ``cli`` says how they are called. Each imports only what it needs."""
