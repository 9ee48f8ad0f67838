"""A good practice to nominate."""

PRACTICE = {"title": "ห้องสมุดชุมชน", "process": "ประชุมครูทุกสัปดาห์", "outcome": "อ่านคล่องทุกคน"}
