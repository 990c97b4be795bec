// oidc-provider as it is compared with: in memory, client credentials with private_key_jwt (RS256), JWT access tokens (ES256), on loopback.
// Arguments: directory with tls.crt and tls.key; port; the client's public key as JWK.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Provider } from 'oidc-provider';

const [directory, port, jwk] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const provider = new Provider(`https://localhost:${port}`, {
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'benchmark', use: 'sig', alg: 'ES256' }] },
  clients: [{
    client_id: 'vm007',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks: { keys: [JSON.parse(jwk)] },
    id_token_signed_response_alg: 'ES256',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'https://onboarding.example',
      getResourceServerInfo: () => ({ scope: '', audience: 'https://onboarding.example', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
});

createServer(
  { cert: readFileSync(`${directory}/tls.crt`), key: readFileSync(`${directory}/tls.key`) },
  provider.callback(),
).listen(Number(port), '127.0.0.1');
