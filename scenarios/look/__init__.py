"""The first look back: what finished issues went to, before there is a plan or a team."""
