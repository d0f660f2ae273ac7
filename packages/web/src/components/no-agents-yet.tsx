import type { ReactNode } from "react"
import { useSeesWhole } from "../shell/signed-in-context.ts"
import { EmptyFace } from "./faces.tsx"

/** Says that no agent is here: none was found, with what comes next, or none is a member's own, with how one becomes theirs. */
export function NoAgentsYet({ children }: { children: ReactNode }): ReactNode {
  if (useSeesWhole()) return <EmptyFace title="No agent has been found yet">{children}</EmptyFace>
  return (
    <EmptyFace title="No agent is yours yet">
      Those that you own, help with or are asked to take on show here. Security and administrators offer them.
    </EmptyFace>
  )
}
