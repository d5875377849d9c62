import type * as z from 'zod'

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type Schema = z.core.JSONSchema.JSONSchema

/** The part of OpenAPI 3.1 that our documents use. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string; readonly description: string }[]
  readonly tags: readonly Tag[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly webhooks?: Readonly<Record<string, PathItem>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly examples: Readonly<Record<string, Example>>
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  }
}

export interface Tag {
  readonly name: string
  readonly description: string
}

export type Method = 'get' | 'post' | 'patch' | 'delete'

export type PathItem = Readonly<Partial<Record<Method, Operation>>>

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  /** Empty: open to everybody. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Response>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
  readonly example?: unknown
}

export interface Body {
  readonly required: boolean
  readonly content: Content
}

export interface Response {
  readonly description: string
  readonly headers: Readonly<Record<string, Header>>
  readonly content?: Content
}

export interface Header {
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
}

export interface Content {
  readonly 'application/json': {
    readonly schema: Schema
    readonly examples: Readonly<Record<string, Example | Reference>>
  }
}

export interface Example {
  readonly summary: string
  readonly value: unknown
}

export interface Reference {
  readonly $ref: string
}

export interface SecurityScheme {
  readonly type: 'apiKey'
  readonly in: 'header'
  readonly name: string
  readonly description: string
}
