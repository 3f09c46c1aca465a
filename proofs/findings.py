"""The findings about the claims of the registry, with the sorts of error that modules name."""

from collections.abc import Iterable, Mapping, Sequence

from certificates.claims import Verdict
from certificates.findings import Finding, Kinds
from certificates.findings import findings as findings_of_documents
from proofs.audit import claim_document
from proofs.claim import Claim


def kinds(claims: Iterable[Claim]) -> Kinds:
    """The sort of error that a claim module gives for a part, should it fail."""
    return {(c.item, p.label): p.kind for c in claims for p in c.parts if p.kind}


def findings(claims: Sequence[Claim], verdicts: Mapping[str, Verdict]) -> list[Finding]:
    """The findings about the claims, in their order and that of their parts."""
    documents = [
        claim_document(c, {label: a.identity for label, _, a in verdicts[c.item].parts})
        for c in claims
    ]
    return findings_of_documents(documents, verdicts, kinds(claims))
