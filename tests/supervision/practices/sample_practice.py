"""A good practice to nominate."""

PRACTICE_DATA = {"title": "ห้องสมุดชุมชน", "process": "ประชุมครูทุกสัปดาห์", "outcome": "อ่านคล่องทุกคน"}
