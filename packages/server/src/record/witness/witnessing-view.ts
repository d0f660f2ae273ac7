import type { LogProgress, WitnessingView, WitnessView } from "@tabard/api"
import { type Shelf, type WitnessEvidence, witnessEvidence } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { sha256, verifySignature } from "@tabard/log/node"

/** Answers what witnesses say for the newest log. */
export async function witnessingView(
  { shelf, clock }: { readonly shelf: Shelf; readonly clock: Clock },
  { generation, verifierKey }: Pick<LogProgress, "generation" | "verifierKey">,
): Promise<WitnessingView> {
  const { evidence, said, quorum, witnesses } = await witnessEvidence(
    { snapshot: shelf.snapshot, sha256, verify: verifySignature },
    { generation, verifierKey },
    clock.now(),
  )
  return {
    evidence,
    evidenceSaid: said,
    quorum: quorum && { size: quorum.size, at: quorum.at.toISOString() },
    witnesses: witnesses.map(witnessView),
  }
}

function witnessView({ standing, ...named }: WitnessEvidence["witnesses"][number]): WitnessView {
  if (!standing) return { ...named, size: 0, cosignedAt: null, trouble: null, due: null }
  const { size, cosignedAt, trouble, due } = standing
  return {
    ...named,
    size,
    cosignedAt: cosignedAt?.toISOString() ?? null,
    trouble,
    due: due?.toISOString() ?? null,
  }
}
