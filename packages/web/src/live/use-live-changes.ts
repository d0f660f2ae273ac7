import { type QueryClient, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { type Now, useClock } from "../data/clock-context.ts"
import { keys } from "../data/keys.ts"
import { livenessOf, setLiveness } from "../data/liveness.ts"
import { touchedBy } from "../data/touched.ts"
import { followWhileSeen } from "./follow-while-seen.ts"
import { Refresher } from "./refresher.ts"

/** Keeps what the console shows true while it is mounted: hears what changes, and asks again for what that touches. */
export function useLiveChanges(): void {
  const cache = useQueryClient()
  const now = useClock()
  useEffect(() => keepTrue(cache, now), [cache, now])
}

function keepTrue(cache: QueryClient, now: Now): () => void {
  const refresher = new Refresher(cache, { now, chance: Math.random, isSeen })
  const stop = followWhileSeen({
    fetch: (...request) => fetch(...request),
    page: document,
    now,
    chance: Math.random,
    onSeen: () => refresher.look(),
    onChange: (change) => refresher.touch(touchedBy(change)),
    onReset: () => refresher.touchEverything(),
    onLive: () => setLiveness(cache, { kind: "live" }),
    onAway(why, since) {
      if (why === "refused") void cache.invalidateQueries({ queryKey: keys.session })
      if (livenessOf(cache).kind === "away") return
      setLiveness(cache, { kind: "away", since })
      // Each answer asks for itself again from its next one on.
      refresher.touchEverything()
    },
  })
  return () => {
    stop()
    refresher[Symbol.dispose]()
    setLiveness(cache, { kind: "joining" })
  }
}

function isSeen(): boolean {
  return document.visibilityState === "visible"
}
