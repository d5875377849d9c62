import { chainQuery, tokenQuery } from '../../registry/registry.routes.ts'
import { queryParameters, schemaNamed } from '../json-schema.ts'
import type { PathItem } from '../openapi-document.ts'
import { operation, pathId } from '../operation.ts'
import type { Surroundings } from '../surroundings.ts'
import { pageNotes } from './list-parameters.ts'

const base = '/v1/external'

/** What is open to everybody: networks, tokens, and whether the service is up. */
export function registryOperations(around: Surroundings): Readonly<Record<string, PathItem>> {
  return {
    '/v1': { get: getHealth(around) },
    [`${base}/chains`]: { get: listChains(around) },
    [`${base}/chains/{chainId}`]: { get: getChain(around) },
    [`${base}/tokens`]: { get: listTokens(around) },
    [`${base}/tokens/{tokenId}`]: { get: getToken(around) },
  }
}

function getHealth({ settings }: Surroundings) {
  return operation(settings, {
    id: 'getHealth',
    tag: 'Registry',
    summary: 'Ask whether the service is up',
    description: 'For monitors. It needs no credential.',
    access: 'public',
    answer: {
      status: 200,
      description: 'It is.',
      schema: schemaNamed('Health'),
      sample: { status: 'ok' },
    },
  })
}

function listChains({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'listChains',
    tag: 'Registry',
    summary: 'List networks',
    description: 'The networks that are enabled.',
    access: 'public',
    parameters: queryParameters(chainQuery, pageNotes),
    answer: {
      status: 200,
      description: 'A page of networks.',
      schema: schemaNamed('ChainPage'),
      sample: samples.chains,
    },
    errors: ['parameter_invalid', 'server_error'],
  })
}

function getChain({ settings, samples, chainIdExample }: Surroundings) {
  return operation(settings, {
    id: 'getChain',
    tag: 'Registry',
    summary: 'Get a network',
    description: 'One network.',
    access: 'public',
    parameters: [pathId('chainId', 'A number or a CAIP-2 id.', String(chainIdExample))],
    answer: {
      status: 200,
      description: 'The network.',
      schema: schemaNamed('Chain'),
      sample: samples.chain,
    },
    errors: ['chain_not_found', 'server_error'],
  })
}

function listTokens({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'listTokens',
    tag: 'Registry',
    summary: 'List tokens',
    description: 'The active tokens of the enabled networks, with their prices.',
    access: 'public',
    parameters: queryParameters(tokenQuery, {
      chainId: { description: 'One network only: a number or a CAIP-2 id.' },
      symbol: { description: 'One symbol only, in any case.' },
      contractAddress: { description: 'One address only, in any case.' },
      assetType: { description: 'Native coins or contracts only.' },
      tokenType: { description: 'Stable or volatile ones only.' },
      ...pageNotes,
    }),
    answer: {
      status: 200,
      description: 'A page of tokens.',
      schema: schemaNamed('TokenPage'),
      sample: samples.tokens,
    },
    errors: ['parameter_invalid', 'server_error'],
  })
}

function getToken({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'getToken',
    tag: 'Registry',
    summary: 'Get a token',
    description: 'One token, with its price.',
    access: 'public',
    parameters: [pathId('tokenId', 'The token’s id.', samples.token.id)],
    answer: {
      status: 200,
      description: 'The token.',
      schema: schemaNamed('Token'),
      sample: samples.token,
    },
    errors: ['token_not_found', 'server_error'],
  })
}
