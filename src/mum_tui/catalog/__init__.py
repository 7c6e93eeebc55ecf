"""The catalog: its model, reading it (``load``), proofreading it (``check``), its compiled form
(``compiled_form``)."""
