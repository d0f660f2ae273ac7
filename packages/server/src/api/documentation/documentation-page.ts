import type { JsonSchema, OpenApiDocument, OpenApiOperation, OpenApiParameter } from "@tabard/api"
import { html } from "hono/html"

type Html = ReturnType<typeof html>

/** Answers the document as one page to read: no script, nothing of another site, every text of it escaped. */
export function documentationPage(document: OpenApiDocument): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].toSorted()
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title>
<link rel="stylesheet" href="/api/v1/docs.css">
</head>
<body>
<header>
<h1>${document.info.title} API</h1>
<p>${document.info.description}</p>
<p>Everything below stands under <code>/api/v1</code>; the same for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
</header>
<nav aria-label="Parts">${tags.map((tag) => html`<a href="#part-${tag}">${tag}</a> `)}<a href="#schemas">schemas</a></nav>
<main>
${tags.map(
  (tag) => html`<section id="part-${tag}"><h2>${tag}</h2>
${operations.filter(({ operation }) => operation.tags.includes(tag)).map(operationPart)}
</section>`,
)}
<section id="schemas"><h2>schemas</h2>
${Object.entries(document.components.schemas).map(schemaPart)}
</section>
</main>
</body>
</html>`
}

interface PlacedOperation {
  readonly path: string
  readonly method: string
  readonly operation: OpenApiOperation
}

function operationPart({ path, method, operation }: PlacedOperation): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const body = requestBody?.content["application/json"]?.schema
  const answer = responses["200"]
  const schema = answer && "content" in answer ? answer.content["application/json"]?.schema : undefined
  return html`<article id="${operationId}">
<h3><span class="method">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p>${summary}. ${description} <code class="id">${operationId}</code></p>
${parameters.length > 0 ? parameterTable(parameters) : ""}
${body ? html`<h4>Body</h4>${json(body)}` : ""}
<p>Answers ${schema ? reference(schema) : "nothing"}; refuses with ${refusals(operation)}.</p>
</article>`
}

function parameterTable(parameters: readonly OpenApiParameter[]): Html {
  return html`<table>
<thead><tr><th scope="col">Member</th><th scope="col">In</th><th scope="col">Schema</th></tr></thead>
<tbody>${parameters.map(
    ({ name, in: place, required, schema, description = "" }) =>
      html`<tr><td><code>${name}</code>${required ? "" : " (optional)"}</td><td>${place}</td>
<td><code>${JSON.stringify(schema)}</code> ${description}</td></tr>`,
  )}</tbody></table>`
}

function schemaPart([name, schema]: [string, JsonSchema]): Html {
  return html`<article id="schema-${name}"><h3>${name}</h3>${json(schema)}</article>`
}

function reference({ $ref }: JsonSchema): Html {
  const name = typeof $ref === "string" ? ($ref.split("/").at(-1) ?? "") : ""
  return html`<a href="#schema-${name}">${name}</a>`
}

function refusals({ responses }: OpenApiOperation): string {
  return Object.keys(responses)
    .filter((status) => status.startsWith("4"))
    .join(", ")
}

/** A long schema scrolls sideways, which the keyboard must reach too. */
function json(schema: JsonSchema): Html {
  return html`<pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre>`
}
