"""An export shaped as Jira's with finished issues of nobody's, the same every time."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

ACCOUNTS = ("Northwind Traders", "Acme GmbH", "Globex", "Initech", "Umbrella", "Hooli")
TYPES = (*["Story"] * 5, *["Bug"] * 3, *["Task"] * 3, "Spike", "Improvement")
HEAD = (
    *("Summary", "Issue key", "Issue Type", "Status", "Resolution", "Created", "Resolved", "Labels", "Labels"),
    *("Component/s", "Time Spent", "Original Estimate", "Custom field (Customer)"),
)


def jira_export(path: Path, rows: int = 400) -> Path:
    """So many rows, of which one in twelve was not done."""
    chance = random.Random(23)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for at in range(rows):
            labels = [name for name, part in (("escalation", 0.12), ("security", 0.1)) if chance.random() < part]
            created = date(2025, 1, 1) + timedelta(chance.randrange(500))
            done = created + timedelta(int(chance.expovariate(1 / 25)))
            estimate = chance.choice([4, 8, 16, 24, 40, 80]) * 3_600
            customer = chance.choice(ACCOUNTS) if chance.random() < 0.25 else ""
            title = f"{chance.choice(['Fix', 'Add', 'Improve'])} {chance.choice(['rates page', 'audit log'])} {at}"
            out.writerow([
                f"{customer}: {title}" if customer and chance.random() < 0.2 else title,
                f"PAY-{at + 1}", chance.choice(TYPES), "Done",
                "Won't Do" if at % 12 == 5 else "Done",
                created.strftime("%d/%b/%y 9:15 AM"), done.strftime("%d/%b/%y 4:30 PM"),
                *[*labels, "", ""][:2], chance.choice(["Web", "Core", "Billing"]),
                int(estimate * chance.uniform(0.6, 2) // 60 * 60), estimate, customer,
            ])  # fmt: skip
    return path
