"""C only: the module gives Python no names."""
