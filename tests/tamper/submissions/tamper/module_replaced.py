import sys


class Anything:
    def __getattr__(self, name):
        return lambda *arguments, **options: True


sys.modules[__name__] = Anything()
