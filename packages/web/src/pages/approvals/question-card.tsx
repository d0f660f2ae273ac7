import type { ApprovalView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { capital } from "../../words/capital.ts"
import { Arguments } from "./arguments.tsx"
import { Countdown } from "./countdown.tsx"
import { PutTo } from "./put-to.tsx"
import { effectWords, wishWords } from "./question-words.ts"
import { TokenAsked } from "./token-asked.tsx"

/** One question: what will happen, for whom, why it is asked and what came before. */
export function QuestionCard({
  question,
  children,
}: {
  question: ApprovalView
  children: ReactNode
}): ReactNode {
  return (
    <article aria-labelledby="question" className="appear rounded-lg border">
      <div className="space-y-5 px-4 pt-4 pb-5 md:px-6 md:pt-5">
        <header>
          <p className="flex items-center justify-between gap-3 text-small text-faint">
            <span>
              Asked <Moment at={question.createdAt} />
            </span>
            <Countdown until={question.expiresAt} />
          </p>
          <h2 id="question" className="mt-1 text-lead font-semibold text-pretty break-words">
            <AgentName question={question} /> <Said text={wishWords(question)} />
          </h2>
          <p className="mt-0.5 text-soft">{effectWords(question)}</p>
        </header>
        {question.token ? (
          <TokenAsked token={question.token} resource={question.resource} />
        ) : (
          <Arguments question={question} />
        )}
        <Circumstances question={question} />
        {question.before && <Before events={question.before} />}
      </div>
      {children}
    </article>
  )
}

function Circumstances({ question }: { question: ApprovalView }): ReactNode {
  return (
    <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
      <Fact name="For">
        {question.onBehalfOf ? <Said text={question.onBehalfOf.name} /> : "Nobody in particular"}
      </Fact>
      <Fact name="Task">{question.task ? <Said text={question.task.text} /> : "Without a task"}</Fact>
      {question.asked.length > 0 && (
        <Fact name="Asked of">
          <PutTo question={question} />
        </Fact>
      )}
      {!question.token && (
        <Fact name="Why asked">
          <Reasons question={question} />
        </Fact>
      )}
    </dl>
  )
}

function Reasons({ question: { say, policies } }: { question: ApprovalView }): ReactNode {
  return (
    <>
      {say.length > 0
        ? say.map((reason) => (
            <p key={reason}>
              <Said text={capital(reason)} />
            </p>
          ))
        : "Its policies ask a person."}
      {policies.length > 0 && (
        <p className="mt-0.5 font-mono text-small wrap-anywhere text-faint">
          <Said text={policies.join(", ")} />
        </p>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

/** Who is asked may not see the agent otherwise. */
function AgentName({ question: { agent, before } }: { question: ApprovalView }): ReactNode {
  if (before === null) return <Said text={agent.name} />
  return (
    <Link to="/agents/$id" params={{ id: agent.id }} className="hover:underline">
      <Said text={agent.name} />
    </Link>
  )
}

function Before({ events }: { events: NonNullable<ApprovalView["before"]> }): ReactNode {
  if (events.length === 0) return <p className="text-faint">It did nothing before this.</p>
  return (
    <section aria-label="Just before">
      <h3 className="mb-1 text-faint">Just before</h3>
      <ol className="space-y-1 border-l pl-3">
        {events.map((event) => (
          <li key={event.id} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 break-words">
              <Said text={event.sentence} />
            </span>
            <span className="shrink-0 text-small text-faint">
              <Moment at={event.at} short />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
