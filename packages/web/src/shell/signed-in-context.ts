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

/** Whether the person sees the whole organisation: everybody but members, who see what they own, help with or are asked to take on. */
export function useSeesWhole(): boolean {
  return useSignedIn().user.role !== "member"
}
