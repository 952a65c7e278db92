# Node from npm on Debian: stands in for node:24-bookworm-slim where no image can be pulled.
# Context: a folder with `node_modules` (node, npm) and `certificates.crt`.
FROM pacto-stand-in/debian
COPY certificates.crt /etc/ssl/certs/ca-certificates.crt
# The machine's own authorities: it may stand behind a proxy that signs.
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
COPY node_modules/node /usr/local/bin/node
COPY node_modules/npm /usr/local/lib/node_modules/npm
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node \
  && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && node --version && npm --version
CMD ["node"]
