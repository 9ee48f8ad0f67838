"""The shape of what a certificate's paper is made from: plain values for JSON to keep."""

from typing import NotRequired, TypedDict

from reports.data.schema import AreaHeading, Signer


class HonourWords(TypedDict):
    """What a certificate says of an honour: in which drive, and the meeting's reason."""

    drive: str
    reason: str


class CertificateSnapshot(TypedDict):
    """All that a certificate says: to whom, for what, by whom. Its day is ISO text.

    `honour` is there only on a certificate of an honour, whose `title` is the category.
    """

    number: str
    area: AreaHeading
    recipient: str
    title: str
    level: str
    term: str
    given_on: str
    signer: Signer
    code: str
    verify_url: str
    is_sample: bool
    honour: NotRequired[HonourWords]
