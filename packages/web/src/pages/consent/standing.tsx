import type { ClientRequestView } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"

/** Says what follows from a yes as things stand, and who has to do what first. */
export function Standing({ request }: { request: ClientRequestView }): ReactNode {
  const { state, rule, client, agent, adopters, why } = request
  const names = adopters.map(({ name }) => name).join(", ")
  if (state === "new")
    return (
      <Note tone="ask">
        Nobody has vouched for this client of yours. It gets nothing before somebody adopts it: ask, then tell{" "}
        <Said text={names || "an administrator"} />. This page stays as it is for an hour.
      </Note>
    )
  if (state === "waiting" && agent?.state === "discovered")
    return (
      <Note tone="ask">
        It waits to be adopted, by <Said text={names || "an administrator"} />. This page notices by itself.
      </Note>
    )
  if (state === "waiting") return <Note tone="ask">It cannot act now. {why}</Note>
  if (rule)
    return (
      <Note tone="calm">
        An administrator lets <Said text={client.name} /> be adopted for whoever signs it in, as {rule.tier},
        for {rule.days} days. With your yes you own it, and answer for what it does.
      </Note>
    )
  return (
    <Note tone="calm">
      Each thing that it does is decided by its agent's intent, and recorded in your name. You can sign it out
      at any time.
    </Note>
  )
}

function Note({ tone, children }: { tone: "ask" | "calm"; children: ReactNode }): ReactNode {
  const look = tone === "ask" ? "bg-ask-wash text-ask" : "bg-panel text-soft"
  return (
    <p role="status" className={`rounded-md px-3 py-2 text-pretty ${look}`}>
      {children}
    </p>
  )
}
