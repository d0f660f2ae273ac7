import type { EventDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { DrawerFact } from "../../components/drawer.tsx"
import { Said } from "../../components/said.tsx"
import { shortId } from "../../words/ids.ts"
import { exactTime } from "../../words/time.ts"
import { EffectMark } from "./effect-mark.tsx"
import { movedWords, partOf, textOf, textsOf } from "./event-parts.ts"
import { Named } from "./named.tsx"

/** Who did what, on what, for whom, under which decision, and what it moved: each on a line where the event tells it. */
export function EventFacts({ event }: { event: EventDetail }): ReactNode {
  const { body } = event
  const moved = movedWords(body)
  return (
    <dl>
      <DrawerFact name="When">{exactTime(event.at)}</DrawerFact>
      <DrawerFact name="Who">
        <Named event={event} id={textOf(body, "actor", "id")} />
        <By event={event} />
      </DrawerFact>
      {event.agent && textOf(body, "actor", "id") !== event.agent.id && (
        <DrawerFact name="Agent">
          <Named event={event} id={event.agent.id} />
        </DrawerFact>
      )}
      <Person event={event} name="For" member="onBehalfOf" />
      <Person event={event} name="Owner then" member="owner" />
      <Chain event={event} />
      <Text name="What" text={textOf(body, "action")} />
      <OnWhat id={textOf(body, "resource")} />
      <Decided body={body} />
      <Text name="Outcome" text={textOf(body, "outcome")} />
      {moved && <DrawerFact name="Data moved">{moved}</DrawerFact>}
      <Joined event={event} />
      <Text name="Trace" text={textOf(body, "trace", "traceId")} />
    </dl>
  )
}

/** By which machine or token, and through which door. */
function By({ event: { body } }: { event: EventDetail }): ReactNode {
  const [instance, via, door] = [
    textOf(body, "actor", "instance"),
    textOf(body, "actor", "via"),
    textOf(body, "door"),
  ]
  if (!instance && !via && !door) return null
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-small text-faint">
      {instance && <Copyable text={instance} shown={shortId(instance)} what="instance" />}
      {via && (
        <>
          by token <Copyable text={via} shown={shortId(via)} what="token" />
        </>
      )}
      {door && (
        <span>
          through the <Said text={door === "api" ? "API" : door} />
        </span>
      )}
    </span>
  )
}

function Person(props: { event: EventDetail; name: string; member: string }): ReactNode {
  const id = textOf(props.event.body, props.member)
  if (id === undefined) return null
  return (
    <DrawerFact name={props.name}>
      <Named event={props.event} id={id} />
    </DrawerFact>
  )
}

/** Who handed it on to whom, as the caller's token says. */
function Chain({ event }: { event: EventDetail }): ReactNode {
  const chain = [...textsOf(event.body, "chain"), ...textsOf(event.body, "delegation")]
  if (chain.length === 0) return null
  return (
    <DrawerFact name="Handed on by">
      <ol className="list-inside list-decimal">
        {chain.map((id) => (
          <li key={id}>
            <Named event={event} id={id} />
          </li>
        ))}
      </ol>
    </DrawerFact>
  )
}

/** A thing that is kept here by its id; a name of what is elsewhere as it is. */
function OnWhat({ id }: { id: string | undefined }): ReactNode {
  if (id === undefined || !/^[a-z]{3}_[0-9a-f-]{36}$/.test(id)) return <Text name="On what" text={id} />
  return (
    <DrawerFact name="On what">
      <Copyable text={id} shown={shortId(id)} what="id" />
    </DrawerFact>
  )
}

function Decided({ body }: { body: unknown }): ReactNode {
  const [effect, code] = [textOf(body, "decision", "effect"), textOf(body, "decision", "code")]
  if (effect === undefined) return null
  const reasons = textsOf(body, "decision", "reasons")
  const version = textOf(body, "decision", "version")
  return (
    <>
      <DrawerFact name="Decision">
        <span className="flex flex-wrap items-center gap-x-3">
          <EffectMark effect={effect} />
          {code && (
            <code className="font-mono text-small text-faint">
              <Said text={code} />
            </code>
          )}
        </span>
      </DrawerFact>
      {(reasons.length > 0 || version) && (
        <DrawerFact name="Under policies">
          {reasons.map((reason) => (
            <code key={reason} className="block font-mono text-small">
              <Said text={reason} />
            </code>
          ))}
          {version && <span className="text-small text-faint">version {version} of all that decides</span>}
        </DrawerFact>
      )}
    </>
  )
}

/** What else of the record belongs to it; each leads there. */
function Joined({ event }: { event: EventDetail }): ReactNode {
  const approval = textOf(event.body, "approval")
  const decision = textOf(event.body, "decision", "id")
  return (
    <>
      {event.call !== null && (
        <DrawerFact name="Call">
          <Copyable text={event.call} shown={shortId(event.call)} what="call" />
          <Link
            to="/audit"
            search={{ call: event.call, event: event.id }}
            className="ml-2 text-accent hover:underline"
          >
            attempt and outcome
          </Link>
        </DrawerFact>
      )}
      {event.task !== null && (
        <DrawerFact name="Task">
          <Copyable text={event.task} shown={shortId(event.task)} what="task" />
          <Link
            to="/audit"
            search={{ task: event.task, event: event.id }}
            className="ml-2 text-accent hover:underline"
          >
            all of it
          </Link>
        </DrawerFact>
      )}
      {approval !== undefined && (
        <DrawerFact name="Approval">
          <Copyable text={approval} shown={shortId(approval)} what="approval" />
        </DrawerFact>
      )}
      {decision !== undefined && (
        <DrawerFact name="Decision id">
          <Copyable text={decision} shown={shortId(decision)} what="decision" />
          {partOf(event.body, "tool") !== undefined && (
            <Link to="/decisions" search={{ decision }} className="ml-2 text-accent hover:underline">
              why, and what if
            </Link>
          )}
        </DrawerFact>
      )}
      {partOf(event.body, "risk") !== undefined && (
        <Text name="Risk then" text={textOf(event.body, "risk")} />
      )}
    </>
  )
}

function Text({ name, text }: { name: string; text: string | undefined }): ReactNode {
  if (text === undefined || text === "") return null
  return (
    <DrawerFact name={name}>
      <code className="font-mono text-small break-words">
        <Said text={text} />
      </code>
    </DrawerFact>
  )
}
