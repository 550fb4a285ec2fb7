"""What is on record of an account beyond what it pays: five words, its onboarding, what was promised to it."""
