import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, newId, systemClock } from "@tabard/core"
import * as fc from "fast-check"
import { type GovernmentEdge, GovernmentGraph, type GovernmentRelation } from "./government-graph.ts"
import { commandLineOf, type GovernmentNode } from "./government-node.ts"
import { boundTogether, mayGovern } from "./may-govern.ts"
import { pathInWords } from "./path-in-words.ts"

const [ada, bob] = [newId("user", systemClock), newId("user", systemClock)]
const [clerk, mate, other] = [agent(), agent(), agent()]
const [token, second] = [newId("apiToken", systemClock), newId("apiToken", systemClock)]
const server = newId("server", systemClock)

/** Ada owns the clerk, and whoever has the token may change the organisation. */
const GIVEN: readonly GovernmentEdge[] = [
  edge(ada, "owns", clerk),
  edge(bob, "owns", other),
  edge(token, "changes", "organisation"),
  edge("organisation", "constrains", clerk),
]

describe("whether an agent governs itself", () => {
  it("is no where no agent has the hand that acts", () => {
    assert.deepEqual(mayGovern(graph(), token, [clerk, "organisation"]), { kind: "apart" })
  })

  it("is yes by a token in its hands, at its own constraints, its owner and the organisation; not at others", () => {
    const held = graph(edge(clerk, "holds", token))
    for (const changed of [clerk, ada, "organisation", token] as const)
      assert.equal(mayGovern(held, token, [changed]).kind, "itself", changed)
    for (const changed of [other, bob]) assert.equal(mayGovern(held, token, [changed]).kind, "apart", changed)
    assert.equal(mayGovern(held, token, [other, clerk]).kind, "itself", "one of several is enough")
  })

  it("is yes by whoever acts for it, and at whom it acts for", () => {
    const delegated = graph(edge(mate, "acts-for", clerk), edge(mate, "holds", token))
    assert.equal(mayGovern(delegated, token, [clerk]).kind, "itself")
    assert.equal(mayGovern(delegated, token, [mate]).kind, "itself")
    const acting = graph(edge(mate, "acts-for", clerk), edge(clerk, "holds", token))
    assert.equal(
      mayGovern(acting, token, [mate]).kind,
      "itself",
      "whoever changes the mate acts as the clerk",
    )
    assert.equal(mayGovern(acting, token, [other]).kind, "apart")
  })

  it("is yes by a server that it uses and that holds the token", () => {
    const behind = graph(edge(clerk, "uses", server), edge(server, "holds", token))
    assert.equal(mayGovern(behind, token, [clerk]).kind, "itself")
    assert.equal(mayGovern(behind, token, [other]).kind, "apart")
  })

  it("is yes where two agents could change each other, for each of them at the other", () => {
    const both = graph(
      edge(clerk, "holds", token),
      edge(other, "holds", second),
      edge(second, "changes", "organisation"),
      edge("organisation", "constrains", other),
    )
    assert.equal(mayGovern(both, token, [other]).kind, "itself")
    assert.equal(mayGovern(both, second, [clerk]).kind, "itself")
  })

  it("is yes at a person's command line beside the agents that run there", () => {
    const beside = graph(
      edge(clerk, "runs-beside", commandLineOf(ada)),
      edge(commandLineOf(ada), "signs-in", ada),
    )
    assert.equal(mayGovern(beside, commandLineOf(ada), [clerk]).kind, "itself")
    assert.equal(mayGovern(beside, commandLineOf(ada), [other]).kind, "apart")
    assert.equal(mayGovern(beside, ada, [clerk]).kind, "itself", "whoever is there is Ada")
  })

  it("is yes at what was made by a hand of it, at whose owner that is, and no at what another hand made", () => {
    const twin = agent()
    const beside = [edge(clerk, "runs-beside", commandLineOf(ada)), edge(ada, "owns", twin)]
    const made = graph(...beside, edge(commandLineOf(ada), "made", twin))
    for (const changed of [twin, ada] as const)
      assert.equal(mayGovern(made, commandLineOf(ada), [changed]).kind, "itself")
    assert.equal(mayGovern(made, commandLineOf(ada), [other]).kind, "apart")
    const others = graph(...beside, edge(commandLineOf(bob), "made", twin))
    assert.equal(mayGovern(others, commandLineOf(ada), [twin]).kind, "apart")
    const through = graph(...beside, edge(commandLineOf(ada), "made", twin), edge(twin, "holds", second))
    assert.equal(mayGovern(through, second, [clerk]).kind, "itself", "what it made holds is in its hands too")
    const again = graph(edge(clerk, "holds", token), edge(token, "made", mate), edge(mate, "holds", second))
    const grandchild = graph(...again.edges, edge(second, "made", twin))
    assert.equal(mayGovern(grandchild, token, [twin]).kind, "itself", "and what that makes")
  })

  it("is told by the shortest way, in words", () => {
    const held = graph(edge(clerk, "holds", token))
    const said = mayGovern(held, token, [ada])
    assert.ok(said.kind === "itself")
    assert.equal(said.agent, clerk)
    assert.equal(
      pathInWords([...said.hand], (node) => ({ [clerk]: "Clerk", [token]: "Nightly" })[node]),
      "Clerk holds Nightly",
    )
    assert.deepEqual(said.bond, [edge(ada, "owns", clerk)])
    assert.equal(
      pathInWords([edge(token, "changes", "organisation"), edge("organisation", "constrains", clerk)]),
      `${token} may change the organisation's settings and policies, which constrains ${clerk}`,
    )
    assert.equal(pathInWords([]), "")
  })

  it("comes to an end where things go in a circle", () => {
    const circle = graph(edge(clerk, "acts-for", mate), edge(mate, "acts-for", clerk))
    assert.deepEqual([...boundTogether(circle, clerk)].toSorted(), [clerk, mate].toSorted())
    assert.equal(mayGovern(circle, clerk, [other]).kind, "apart")
    assert.equal(mayGovern(circle, clerk, [mate]).kind, "itself")
  })
})

const NODES: readonly GovernmentNode[] = [ada, bob, clerk, mate, other, token, second, server, "organisation"]
const RELATIONS: readonly GovernmentRelation[] = ["acts-for", "changes", "holds", "owns", "uses"]
const anyNode = fc.constantFrom(...NODES)
const anyEdge = fc.record({ from: anyNode, relation: fc.constantFrom(...RELATIONS), to: anyNode })

describe("for any graph", () => {
  it("another edge never widens what an actor may govern", () => {
    fc.assert(
      fc.property(
        fc.array(anyEdge, { maxLength: 12 }),
        anyEdge,
        anyNode,
        anyNode,
        (edges, more, actor, at) => {
          const before = mayGovern(new GovernmentGraph(edges), actor, [at])
          const after = mayGovern(new GovernmentGraph([...edges, more]), actor, [at])
          return before.kind === "apart" || after.kind === "itself"
        },
      ),
      { numRuns: 2000 },
    )
  })

  it("a no shows a way of given steps, each from where the one before led, from an agent to the hand and on to its bond", () => {
    fc.assert(
      fc.property(fc.array(anyEdge, { maxLength: 12 }), anyNode, anyNode, (edges, actor, at) => {
        const drawn = new GovernmentGraph(edges)
        const said = mayGovern(drawn, actor, [at])
        if (said.kind === "apart") return
        assert.equal(endOf(said.hand, said.agent, edges), actor)
        assert.ok(boundTogether(drawn, said.agent).some((bound) => bound === endOf(said.bond, at, edges)))
      }),
      { numRuns: 2000 },
    )
  })
})

function endOf(
  path: readonly GovernmentEdge[],
  start: GovernmentNode,
  given: readonly GovernmentEdge[],
): GovernmentNode {
  return path.reduce((at, step) => {
    assert.equal(step.from, at)
    assert.ok(given.includes(step))
    return step.to
  }, start)
}

function graph(...more: readonly GovernmentEdge[]): GovernmentGraph {
  return new GovernmentGraph([...GIVEN, ...more])
}

function edge(from: GovernmentNode, relation: GovernmentRelation, to: GovernmentNode): GovernmentEdge {
  return { from, relation, to }
}

function agent(): Id<"agent"> {
  return newId("agent", systemClock)
}
