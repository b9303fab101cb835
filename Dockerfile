# syntax=docker/dockerfile:1

# 1: everything, to make the bundle.
FROM node:20-slim AS build
WORKDIR /app
COPY . .
# `npm ci` runs `prepare`, which bundles services/offing. What only development needs is taken out again.
RUN npm ci && npm prune --omit=dev --ignore-scripts

# 2: what a start reads: the bundle, its packages, the reference data and recordings, the migrations.
FROM node:20-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    OFFING_DATA=/data
WORKDIR /app
COPY --from=build /app/LICENSE /app/NOTICE /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/packages ./packages
COPY --from=build /app/recordings ./recordings
COPY --from=build /app/services ./services
# The one folder that is written, beside /tmp: the root file system may be read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8080
# Ready means: the database answers, its schema is current, the reference data is loaded.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "services/offing/bin/offing.js"]
CMD ["serve"]
