import type { TokenAskedView } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

/** What a token would be good for that an agent asks for, and the words by which its person knows the question. */
export function TokenAsked({ token, resource }: { token: TokenAskedView; resource: string }): ReactNode {
  return (
    <section aria-label="What the token would be good for" className="space-y-4">
      {token.message !== null && <Message text={token.message} />}
      <dl className="space-y-2.5">
        <Bound name="Good for">
          <code className="font-mono text-body wrap-anywhere">
            <Said text={resource} />
          </code>
        </Bound>
        <Bound name="Calls">
          {token.calls === null
            ? "As many as it makes in that time"
            : `At most ${count(token.calls, "call")}`}
        </Bound>
        {token.mayAct && (
          <Bound name="May be handed to">
            <Said text={token.mayAct.name} />
          </Bound>
        )}
      </dl>
    </section>
  )
}

/** Somebody else's words: whoever sees others where the agent runs is being asked for somebody else's errand. */
function Message({ text }: { text: string }): ReactNode {
  return (
    <figure className="border-l-2 border-accent pl-3">
      <blockquote className="text-lead wrap-anywhere">
        <Said text={text} />
      </blockquote>
      <figcaption className="mt-0.5 text-small text-faint">
        It has to show these words where you use it. Deny it if it shows others, or if you did not begin this.
      </figcaption>
    </figure>
  )
}

function Bound({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt className="mb-0.5 text-small text-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
