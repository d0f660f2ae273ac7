import type { ReactNode } from "react"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { GUARD_RAILS, OFFERED } from "./document-words.ts"
import { PolicyDocument } from "./policy-document.tsx"

/** What binds every agent: the organisation's own guard-rails, and where those hold that are offered. */
export function GuardRailsTab(): ReactNode {
  const mayWrite = useIsSteward()
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
      <PolicyDocument place={{ kind: "guard", subject: "own" }} words={GUARD_RAILS} mayWrite={mayWrite} />
      <PolicyDocument place={{ kind: "offered", subject: "own" }} words={OFFERED} mayWrite={mayWrite} />
    </div>
  )
}
