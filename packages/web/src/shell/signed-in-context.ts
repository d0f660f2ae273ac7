import type { SessionView } from "@tabard/api"
import { createContext, useContext } from "react"

const SignedInContext = createContext<SessionView | undefined>(undefined)

/** Tells the pages below it who is signed in. */
export const SignedInProvider = SignedInContext.Provider

/** Answers who is signed in; no page is shown to nobody. */
export function useSignedIn(): SessionView {
  const session = useContext(SignedInContext)
  if (!session) throw new Error("a page was shown without a session")
  return session
}

/** Whether the person may adopt, dismiss and scan. */
export function useIsSteward(): boolean {
  const { role } = useSignedIn().user
  return role === "administrator" || role === "security"
}
