"""The shape of what a certificate's paper is made from: plain values for JSON to keep."""

from typing import TypedDict

from reports.data.schema import AreaHeading, Signer


class CertificateSnapshot(TypedDict):
    """All that a certificate says: to whom, for what, by whom. Its day is ISO text."""

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
