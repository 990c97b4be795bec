// A real OpenID Connect provider as issuer, on loopback, for RealProviderTests.
// Arguments: directory with tls.crt and tls.key; the resource (audience) that tokens are for.
// It writes one JSON line when it listens, and one for each line "rotate" it reads: then its old keys are gone.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const [directory, resource] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
let generation = 0;
let handle;

function provider(issuer) {
  const kid = `provider-${++generation}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    clients: [{
      client_id: 'vm007',
      client_secret: 'only-for-this-test',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    }],
    extraTokenClaims: () => ({ vm: { region: 'us-east' } }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: () => ({ scope: '', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
    },
  });
}

const server = createServer(
  { cert: readFileSync(`${directory}/tls.crt`), key: readFileSync(`${directory}/tls.key`) },
  (request, response) => handle(request, response),
);
server.listen(0, '127.0.0.1', () => {
  const issuer = `https://127.0.0.1:${server.address().port}`;
  const renew = () => { handle = provider(issuer).callback(); };
  renew();
  say({ issuer });
  const commands = createInterface({ input: process.stdin });
  commands.on('line', () => { renew(); say({ rotated: generation }); });
  commands.on('close', () => process.exit(0));
});
