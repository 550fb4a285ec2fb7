"""Pairs of requests, labelled by hand: would a product manager say "they asked for that last time"?

Each is (title, customer, earlier title, its customer, whether it is the same ask). Reworded titles of the same ask,
by the same customer or another one; different asks of the same customer; and near misses, which share most of their
words and are different all the same.
"""

from scenarios.requests.earlier_asks import ANYBODY, SAME_CUSTOMER, likeness

PAIRS = (
    # the same ask, reworded, by another customer
    ("Audit log export", "Acme", "Export of the audit log", "Globex", True),
    ("Single sign-on with Okta", "Acme", "SSO via Okta", "Initech", True),
    ("Bulk invoice approval", "Umbrella", "Approve invoices in bulk", "Hooli", True),
    ("Dark mode", "Acme", "Dark theme mode for the app", "Hooli", True),
    ("Two-factor authentication", "Globex", "2FA for all users", "Acme", True),
    ("Custom report builder", "Initech", "Build custom reports", "Globex", True),
    ("CSV import of customers", "Hooli", "Import customers from CSV", "Stark", True),
    ("Scheduled report emails", "Stark", "Email reports on a schedule", "Wayne", True),
    ("Webhook retries", "Wayne", "Retry failed webhooks", "Tyrell", True),
    ("Role based permissions", "Tyrell", "Permissions by role", "Acme", True),
    ("SAP connector", "Acme", "Connector to SAP S/4HANA", "Cyberdyne", True),
    ("EDI 315 status feed", "Hanseatic", "Status feed by EDI 315", "Bluewater", True),
    ("Multi-currency price lists", "Globex", "Price lists in several currencies", "Initech", True),
    ("Offline mode for drivers", "Hooli", "Drivers work offline", "Umbrella", True),
    ("API rate limits per tenant", "Stark", "Per-tenant rate limiting of the API", "Wayne", True),
    ("Arabic translation of the portal", "Tyrell", "Portal in Arabic", "Cyberdyne", True),
    ("Export invoices to Excel", "Acme", "Excel export for invoices", "Stark", True),
    ("Configurable approval workflow", "Globex", "Approval workflows that can be configured", "Wayne", True),
    ("White label the customer portal", "Initech", "White-labelled portal for customers", "Hooli", True),
    ("Archive old shipments", "Umbrella", "Archiving shipments older than two years", "Acme", True),
    ("Data residency in the EU", "Stark", "EU data residency", "Tyrell", True),
    ("Duplicate detection for contacts", "Wayne", "Detect duplicate contacts", "Globex", True),
    ("Customer-specific tariff tables", "Cyberdyne", "Tariff tables per customer", "Initech", True),
    ("Migrate legacy order history", "Hooli", "Legacy order history migration", "Umbrella", True),
    ("Slack notifications for disputes", "Acme", "Notify disputes in Slack", "Wayne", True),
    ("Saved searches", "Globex", "Save a search and reuse it", "Tyrell", True),
    ("Print shipping labels on Zebra printers", "Initech", "Zebra label printing", "Cyberdyne", True),
    ("Carbon reporting per shipment", "Stark", "Report carbon emissions per shipment", "Hooli", True),
    # the same ask again, by the same customer
    ("Acme audit log", "Acme", "Audit trail export", "Acme", True),
    ("Globex: nightly export to SFTP", "Globex", "SFTP export every night", "Globex", True),
    ("Initech SAML login", "Initech", "Login through SAML for Initech", "Initech", True),
    ("Custom invoice layout", "Umbrella", "Umbrella's own layout for invoices", "Umbrella", True),
    ("Hooli purchase order matching", "Hooli", "PO matching", "Hooli", True),
    ("Warehouse dashboards", "Stark", "Dashboard for the warehouse", "Stark", True),
    ("Wayne on-premise installation", "Wayne", "Install on premises", "Wayne", True),
    ("Tyrell: IE11 support", "Tyrell", "Support for Internet Explorer 11", "Tyrell", True),
    ("Month-end close report", "Cyberdyne", "Report for closing the month", "Cyberdyne", True),
    ("Customs declaration for Turkey", "Bluewater", "Turkish customs declarations", "Bluewater", True),
    ("Hanseatic reefer temperature log", "Hanseatic", "Temperature logging of reefers", "Hanseatic", True),
    ("Approval limits by cost centre", "Acme", "Cost centre approval limits", "Acme", True),
    ("Legacy AS/400 data feed", "Globex", "Feed from our AS400", "Globex", True),
    ("Keep signed delivery notes 10 years", "Hooli", "Ten year retention of delivery notes", "Hooli", True),
    # different asks of the same customer
    ("Audit log export", "Acme", "SSO via Okta", "Acme", False),
    ("Dark mode", "Globex", "Nightly export to SFTP", "Globex", False),
    ("Custom invoice layout", "Umbrella", "Approve invoices in bulk", "Umbrella", False),
    ("Warehouse dashboards", "Stark", "Warehouse label printing", "Stark", False),
    ("Wayne on-premise installation", "Wayne", "Wayne price list import", "Wayne", False),
    ("Report for closing the month", "Cyberdyne", "Report carbon emissions per shipment", "Cyberdyne", False),
    ("PO matching", "Hooli", "Purchase requisition form", "Hooli", False),
    ("Customs declaration for Turkey", "Bluewater", "EDI 315 status feed", "Bluewater", False),
    ("Tariff tables per customer", "Initech", "Customer satisfaction survey", "Initech", False),
    ("Tyrell: IE11 support", "Tyrell", "Tyrell: support hours at weekends", "Tyrell", False),
    ("Approval limits by cost centre", "Acme", "Cost centre import from SAP", "Acme", False),
    ("Export of orders", "Globex", "Export of contacts", "Globex", False),
    ("Temperature log for reefers", "Hanseatic", "Change log for tariffs", "Hanseatic", False),
    ("Data residency in the EU", "Stark", "Data retention policy", "Stark", False),
    # near misses of other customers: most words are the same, the ask is not
    ("Import customers from CSV", "Acme", "Export customers to CSV", "Globex", False),
    ("Audit log export", "Acme", "Export invoices to Excel", "Initech", False),
    ("SAP connector", "Hooli", "Salesforce connector", "Umbrella", False),
    ("Role based permissions", "Stark", "Role based pricing", "Wayne", False),
    ("Email reports on a schedule", "Wayne", "Schedule a delivery by email", "Tyrell", False),
    ("API rate limits per tenant", "Tyrell", "API keys per tenant", "Cyberdyne", False),
    ("Dark mode", "Acme", "Offline mode", "Hooli", False),
    ("Saved searches", "Globex", "Search in archived shipments", "Stark", False),
    ("Slack notifications for disputes", "Initech", "Dispute workflow v2", "Acme", False),
    ("Portal in Arabic", "Umbrella", "White label the customer portal", "Globex", False),
    ("Multi-currency price lists", "Hooli", "Price list versions", "Wayne", False),
    ("Webhook retries", "Stark", "Webhook signatures", "Tyrell", False),
    ("Carbon reporting per shipment", "Wayne", "Cost reporting per shipment", "Cyberdyne", False),
    ("Bulk invoice approval", "Tyrell", "Bulk price upload", "Initech", False),
    ("Two-factor authentication", "Cyberdyne", "Authentication logs", "Globex", False),
    ("Legacy order history migration", "Acme", "Order history search", "Stark", False),
    ("Zebra label printing", "Globex", "Print delivery notes in A5", "Hooli", False),
    ("EU data residency", "Hooli", "EU VAT validation", "Acme", False),
    ("Detect duplicate contacts", "Umbrella", "Detect anomalies in invoices", "Wayne", False),
    ("Drivers work offline", "Stark", "Driver scorecards", "Initech", False),
    ("Custom report builder", "Wayne", "Custom fields on orders", "Tyrell", False),
    ("Configurable approval workflow", "Tyrell", "Approval by mobile push", "Cyberdyne", False),
    ("EDI 315 status feed", "Bluewater", "EDI 810 invoice feed", "Hanseatic", False),
    ("Tariff tables per customer", "Cyberdyne", "Fuel surcharge per lane", "Umbrella", False),
    ("Archive old shipments", "Globex", "Track shipments live", "Acme", False),
    ("Excel export for invoices", "Initech", "PDF export for quotes", "Stark", False),
    ("Connector to SAP S/4HANA", "Cyberdyne", "SAP invoice layout", "Hooli", False),
    ("SSO via Okta", "Umbrella", "User provisioning by SCIM", "Globex", False),
)

CHOSEN_ON, MEASURED_ON = PAIRS[::2], PAIRS[1::2]


def taken_for_the_same(pair):
    title, asker, earlier, other, _ = pair
    least = SAME_CUSTOMER if asker == other else ANYBODY
    return likeness(title, earlier, (asker, other)) >= least


def measured(pairs):
    """(found, same, false alarms, different)"""
    same = [pair for pair in pairs if pair[4]]
    different = [pair for pair in pairs if not pair[4]]
    return sum(map(taken_for_the_same, same)), len(same), sum(map(taken_for_the_same, different)), len(different)
