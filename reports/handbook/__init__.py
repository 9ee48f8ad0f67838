"""The handbook of an officer's work (คู่มือการปฏิบัติงาน) for a fiscal year, which writes itself."""
