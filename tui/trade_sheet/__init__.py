"""The trade sheet as it is drawn: what is asked, what could leave, the verdict."""
