"""Small files beside the database: seats, drafts, snapshots, reports."""
