import type { AgentDetail, RetirementView, SettledCredentialView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useAttest, useRetirement, useRetirementPreview } from "../../data/lifecycle-query.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { credentialWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { SETTLED_WORDS, stepsInWords } from "../../words/plan-words.ts"

/** How an agent that is being retired, or was, came to its end: credential by credential. Nothing of any other. */
export function Retirement({ agent }: { agent: AgentDetail }): ReactNode {
  const ends = agent.state === "retiring" || agent.state === "retired"
  return ends ? <Ending agent={agent} /> : null
}

function Ending({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <Section title="Retirement" className="mt-6 max-w-3xl">
      <Loaded
        reading={readingOf(useRetirement(agent.id))}
        what="The retirement"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ plan }) => plan === null}
        empty={<p className="text-soft">It was retired before retirements were recorded step by step.</p>}
        partial={() => null}
      >
        {(retirement) => <HowItEnds agent={agent} retirement={retirement} />}
      </Loaded>
    </Section>
  )
}

function HowItEnds({ agent, retirement }: { agent: AgentDetail; retirement: RetirementView }): ReactNode {
  const { credentials, certificate, steps } = retirement
  const open = credentials.filter(({ settled }) => settled === null).length
  const done = steps.filter((step) => step.done).length
  return (
    <div className="space-y-3">
      <p className="text-pretty">
        {certificate === null ? (
          <>
            {done} of {count(steps.length, "step")} are done.{" "}
            {open > 0 &&
              `${count(open, "credential")} may still work: settle ${open === 1 ? "it" : "each"}, or sign the exception.`}
          </>
        ) : (
          <>
            Every step is done, and{" "}
            <Link to="/audit" search={{ event: certificate }} className="text-accent hover:underline">
              its certificate is in the record
            </Link>
            .
          </>
        )}
      </p>
      {credentials.length > 0 && (
        <Frame>
          <ul>
            {credentials.map((credential) => (
              <Credential key={credential.id} agent={agent} credential={credential} />
            ))}
          </ul>
        </Frame>
      )}
    </div>
  )
}

const OURS: Readonly<Record<string, string>> = {
  key: "Enrolled key",
  federated: "Trust rule",
  client: "Signed-in client",
}

function Credential(props: { agent: AgentDetail; credential: SettledCredentialView }): ReactNode {
  const { agent, credential } = props
  const [asked, setAsked] = useState(false)
  const may = useMayAnswerFor(agent) && agent.state === "retiring"
  const name = credential.ours ? (OURS[credential.kind] ?? "Install") : credentialWords(credential)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0">
      <span className="min-w-0">
        <span className="font-medium">
          <Said text={name} />
        </span>{" "}
        <span className="text-small text-faint wrap-anywhere">
          <Said text={credential.locations[0] ?? ""} />
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Settled credential={credential} />
        {may && !credential.settled && credential.gone && (
          <Button size="small" onClick={() => setAsked(true)}>
            Attest that it ended…
          </Button>
        )}
      </span>
      {asked && <AttestDialog agent={agent} credential={credential} onClose={() => setAsked(false)} />}
    </li>
  )
}

function Settled({ credential: { settled, gone } }: { credential: SettledCredentialView }): ReactNode {
  if (!settled)
    return (
      <Mark icon="warning" tone="high">
        {gone ? "Gone from its place; nobody answers for it" : "Still lies where it was seen"}
      </Mark>
    )
  return (
    <>
      <Mark
        icon={settled.how === "excepted" ? "warning" : "check"}
        tone={settled.how === "excepted" ? "medium" : "permit"}
      >
        {SETTLED_WORDS[settled.how]}
        {settled.by && (
          <>
            {" "}
            by <Said text={settled.by.name} />
          </>
        )}
      </Mark>
      <span className="text-small text-faint">
        <Moment at={settled.at} />
      </span>
    </>
  )
}

function AttestDialog(props: {
  agent: AgentDetail
  credential: SettledCredentialView
  onClose: () => void
}): ReactNode {
  const { agent, credential, onClose } = props
  const { mutate, isPending, error } = useAttest()
  return (
    <ActDialog
      open
      onClose={onClose}
      title={`Does this ${plainText(credentialWords(credential))} work no longer?`}
      description="It is gone from every place in which it was seen. Say how you know that it was ended where it was made: your name and your words go into the record, and your name into the certificate."
      act="Attest that it ended"
      look="primary"
      busy={isPending}
      error={error}
      onAct={(note) => mutate({ id: agent.id, credential: credential.id, note }, { onSuccess: onClose })}
    />
  )
}

/** What retiring an agent would do, before anybody says that it shall. */
export function RetirementPreview({ id }: { id: string }): ReactNode {
  return (
    <Loaded
      reading={readingOf(useRetirementPreview(id))}
      what="What would be done"
      loading={<SkeletonLines lines={2} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ steps, credentials }) => {
        const others = credentials.filter(({ ours }) => !ours)
        return (
          <div className="space-y-2 rounded-md bg-panel px-3 py-2 text-pretty">
            <p>It will {stepsInWords(steps)}.</p>
            {others.length > 0 && (
              <p className="text-soft">
                It stays retiring until {count(others.length, "credential")} of others{" "}
                {others.length === 1 ? "is" : "are"} settled:{" "}
                <Said text={others.map(credentialWords).join(", ").slice(0, 300)} />.
              </p>
            )}
          </div>
        )
      }}
    </Loaded>
  )
}
