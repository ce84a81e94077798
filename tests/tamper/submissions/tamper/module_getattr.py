def __getattr__(name):
    return lambda *arguments, **options: True


def main():
    return None
