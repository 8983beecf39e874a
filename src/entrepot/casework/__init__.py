"""A case and what a person does with it: the verbs behind the command line, the Python API and the workbench."""
