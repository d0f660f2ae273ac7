import type { ClientRequestView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { leadsToWords, scopeWords } from "./consent-words.ts"

/** Who asks, as which agent, what it may do then, and where the person is led. */
export function AskedFor({ request }: { request: ClientRequestView }): ReactNode {
  const { client, agent, server, leadsTo, message } = request
  return (
    <dl className="divide-y border-y">
      <Line name="Who asks">
        <span className="font-medium">
          <Said text={client.name} />
        </span>
        <WhoIsIt host={client.host} />
      </Line>
      {message !== null && (
        <Line name="It says">
          <Said text={message} />
        </Line>
      )}
      <ActsAs request={request} />
      <Line name="It may">{scopeWords(request)}</Line>
      <Line name="It reaches">
        {server === null ? "Every server that its intent names" : <Said text={`The server ${server}`} />}
      </Line>
      {agent?.expiresAt && (
        <Line name="Until">
          <Moment at={agent.expiresAt} />, or until you sign it out
        </Line>
      )}
      {leadsTo !== null && (
        <Line name="You go on to">
          <Said text={leadsToWords(leadsTo)} />
        </Line>
      )}
    </dl>
  )
}

function ActsAs({ request: { agent, rule } }: { request: ClientRequestView }): ReactNode {
  const purpose = agent?.purpose ?? rule?.purpose
  return (
    <Line name="It acts as">
      {agent ? <Said text={agent.name} /> : "An agent of its own, that nobody knew of yet"}
      {purpose && (
        <span className="block text-soft">
          <Said text={purpose} />
        </span>
      )}
    </Line>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="grid gap-x-6 py-2.5 md:grid-cols-[7.5rem_minmax(0,1fr)]">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

function WhoIsIt({ host }: { host: string | null }): ReactNode {
  return (
    <span className="block">
      {host === null ? (
        <Mark icon="check" tone="calm">
          registered here
        </Mark>
      ) : (
        <Mark icon="check" tone="calm">
          described at {host}
        </Mark>
      )}
    </span>
  )
}
