"""The verbs of the command line: a module each, listed in the table ``verbs.VERBS``.

A module has ``add_arguments(parser)``, which defines the arguments of the verb and the function that runs it. Only the
module of the verb that is called is imported.
"""
