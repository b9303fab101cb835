#!/usr/bin/env node
import '../dist/offing.mjs';
