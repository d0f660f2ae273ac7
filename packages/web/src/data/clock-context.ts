import { createContext, useContext, useEffect, useState } from "react"

/** Tells the time in milliseconds. */
export type Now = () => number

const ClockContext = createContext<Now | undefined>(undefined)

/** Hands the clock to the pages below it. */
export const ClockProvider = ClockContext.Provider

/** Answers the clock itself, for a moment that is taken once. */
export function useClock(): Now {
  const now = useContext(ClockContext)
  if (!now) throw new Error("a page was shown outside its ClockProvider")
  return now
}

/**
 * Answers the present moment, again every `everyMs` and when it is held against another moment (`at`), so that what is
 * relative stays true: what just happened is not ahead of a clock that was read before it.
 */
export function useNow(everyMs: number, at?: string): number {
  const clock = useClock()
  const [now, setNow] = useState(clock)
  const [held, setHeld] = useState(at)
  if (held !== at) {
    setHeld(at)
    setNow(clock())
  }
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return now
}
