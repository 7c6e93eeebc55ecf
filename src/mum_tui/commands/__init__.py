"""The verbs of the command line: one module each, named in the table ``verbs.VERBS``.

A verb's module has ``add_arguments(parser)``, which states its arguments and the function that runs it. Only the module
of the verb that was called is imported.
"""
