import { useMemo, useState } from "react"
import { NONE_PICKED, type Picked, readPicked, writePicked } from "./picked.ts"

/** Who is picked, and the way to pick others. */
export interface Picking {
  readonly picked: Picked
  readonly pick: (next: Picked) => void
}

/** Keeps who is picked in the address; more than an address should hold stays on this page alone. */
export function usePicked(
  inAddress: string | undefined,
  onAddress: (text: string | undefined) => void,
): Picking {
  const [many, setMany] = useState<Picked>(NONE_PICKED)
  const pick = (next: Picked): void => {
    const text = writePicked(next)
    setMany(text === undefined ? next : NONE_PICKED)
    if (text !== inAddress) onAddress(text)
  }
  const said = useMemo(() => readPicked(inAddress), [inAddress])
  return { picked: inAddress === undefined ? many : said, pick }
}
