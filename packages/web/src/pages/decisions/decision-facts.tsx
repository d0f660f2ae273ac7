import type { DecisionDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { DrawerFact } from "../../components/drawer.tsx"
import { Said } from "../../components/said.tsx"
import { shortId } from "../../words/ids.ts"
import { exactTime } from "../../words/time.ts"

/** The circumstances of a decision as policies saw them, and what else of the record belongs to it. */
export function DecisionFacts({ decision }: { decision: DecisionDetail }): ReactNode {
  const { agent, call, task, onBehalfOf, version, event } = decision
  return (
    <dl>
      <DrawerFact name="When">{exactTime(decision.at)}</DrawerFact>
      <DrawerFact name="Agent">
        <Link to="/agents/$id" params={{ id: agent.id }} className="text-accent hover:underline">
          <Said text={agent.name} />
        </Link>
      </DrawerFact>
      {onBehalfOf && (
        <DrawerFact name="For">
          <Said text={onBehalfOf.name} />
        </DrawerFact>
      )}
      <DrawerFact name="Tool">
        <code className="font-mono text-small">
          <Said text={decision.tool} />
        </code>
      </DrawerFact>
      <Circumstances decision={decision} />
      <DrawerFact name="Call">
        <Copyable text={call} shown={shortId(call)} what="call" />
        <Link to="/audit" search={{ call }} className="ml-2 text-accent hover:underline">
          attempt and outcome
        </Link>
      </DrawerFact>
      {task && (
        <DrawerFact name="Task">
          <Copyable text={task} shown={shortId(task)} what="task" />
          <Link to="/decisions" search={{ task }} className="ml-2 text-accent hover:underline">
            all of it
          </Link>
        </DrawerFact>
      )}
      <DrawerFact name="Decision">
        <Copyable text={decision.id} shown={shortId(decision.id)} what="decision" />
        <span className="ml-2 text-small text-faint">version {version} of all that decides</span>
      </DrawerFact>
      {event && (
        <DrawerFact name="Record">
          <Link to="/audit" search={{ event }} className="text-accent hover:underline">
            The event and its proof
          </Link>
        </DrawerFact>
      )}
    </dl>
  )
}

function Circumstances({ decision: { circumstances } }: { decision: DecisionDetail }): ReactNode {
  if (!circumstances) return null
  const { door, environment, bound, posture, address } = circumstances
  return (
    <>
      <DrawerFact name="Door">
        <Said text={door} />
      </DrawerFact>
      {environment !== null && (
        <DrawerFact name="Environment">
          <Said text={environment} />
        </DrawerFact>
      )}
      <DrawerFact name="Token bound by">
        <Said text={bound === "none" ? "nothing" : bound} />
      </DrawerFact>
      {posture.length > 0 && (
        <DrawerFact name="Posture">
          <Said text={posture.join(", ")} />
        </DrawerFact>
      )}
      {address !== null && (
        <DrawerFact name="Address">
          <code className="font-mono text-small">
            <Said text={address} />
          </code>
        </DrawerFact>
      )}
    </>
  )
}
