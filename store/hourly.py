class Hourly:
    def __init__(self, path):
        self.trouble = ""

    def look(self):
        pass

    def wait(self):
        pass
