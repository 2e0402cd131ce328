"""The tables of the book. Amounts are fen, dates YYYY-MM-DD, instants RFC 3339 in UTC."""

from typing import Final

SCHEMA_EDITION: Final = "2"

TABLES: Final = (
    "customers",
    "accounts",
    "transactions",
    "cards",
    "loans",
    "installments",
    "lenders",
    "limits",
    "applications",
    "holdings",
    "subjects",
    "links",
    "step_ups",
    "wrong_pins",
    "quotes",
    "repayments",
    "postings",
    "answers",
    "events",
)

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS editions (edition TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS customers (
  customer_id TEXT PRIMARY KEY, name TEXT NOT NULL, pin TEXT NOT NULL,
  language TEXT NOT NULL, shows TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
  account_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  name TEXT NOT NULL, tail TEXT NOT NULL, balance_fen INTEGER NOT NULL CHECK (balance_fen >= 0),
  held_fen INTEGER NOT NULL CHECK (held_fen >= 0), state TEXT NOT NULL,
  CHECK (held_fen <= balance_fen));
CREATE TABLE IF NOT EXISTS transactions (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id TEXT UNIQUE NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts, posted_at TEXT NOT NULL,
  amount_fen INTEGER NOT NULL, balance_fen INTEGER NOT NULL,
  counterparty TEXT NOT NULL, memo TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS transactions_by_account ON transactions (account_id, sequence);
CREATE TABLE IF NOT EXISTS cards (
  card_id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts,
  tail TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS loans (
  loan_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  account_id TEXT NOT NULL REFERENCES accounts, product TEXT NOT NULL,
  principal_fen INTEGER NOT NULL, annual_rate TEXT NOT NULL, method TEXT NOT NULL,
  opened_on TEXT NOT NULL, settlement_fee_ppm INTEGER NOT NULL,
  interest_from TEXT NOT NULL, accrued_fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS installments (
  loan_id TEXT NOT NULL REFERENCES loans, number INTEGER NOT NULL, due_on TEXT NOT NULL,
  principal_fen INTEGER NOT NULL CHECK (principal_fen >= 0),
  interest_fen INTEGER NOT NULL CHECK (interest_fen >= 0),
  penalty_fen INTEGER NOT NULL CHECK (penalty_fen >= 0), penalty_from TEXT NOT NULL,
  is_paid INTEGER NOT NULL, paid_principal_fen INTEGER NOT NULL,
  paid_interest_fen INTEGER NOT NULL, paid_penalty_fen INTEGER NOT NULL,
  PRIMARY KEY (loan_id, number));
CREATE TABLE IF NOT EXISTS lenders (
  loan_id TEXT NOT NULL REFERENCES loans, place INTEGER NOT NULL, name TEXT NOT NULL,
  share_ppm INTEGER NOT NULL, PRIMARY KEY (loan_id, place));
CREATE TABLE IF NOT EXISTS limits (
  customer_id TEXT NOT NULL REFERENCES customers, product TEXT NOT NULL,
  total_fen INTEGER NOT NULL, state TEXT NOT NULL, reason_code TEXT,
  PRIMARY KEY (customer_id, product));
CREATE TABLE IF NOT EXISTS applications (
  application_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  product TEXT NOT NULL, submitted_on TEXT NOT NULL, state TEXT NOT NULL,
  missing TEXT NOT NULL, reason_code TEXT, reapply_on TEXT, amount_fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS holdings (
  holding_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  name TEXT NOT NULL, issuer TEXT NOT NULL, value_fen INTEGER NOT NULL,
  state TEXT NOT NULL, arrives_on TEXT);
CREATE TABLE IF NOT EXISTS subjects (
  subject TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  channel TEXT NOT NULL, channel_user TEXT NOT NULL, revoked_at TEXT);
CREATE TABLE IF NOT EXISTS links (
  link_id TEXT PRIMARY KEY, token TEXT UNIQUE NOT NULL, channel TEXT NOT NULL,
  channel_user TEXT NOT NULL, conversation TEXT NOT NULL, state TEXT NOT NULL,
  expires_at TEXT NOT NULL, wrong_pins INTEGER NOT NULL DEFAULT 0,
  subject TEXT REFERENCES subjects, code TEXT NOT NULL, asked_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS links_by_identity ON links (channel, channel_user, asked_at);
CREATE TABLE IF NOT EXISTS wrong_pins (
  customer_id TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS wrong_pins_by_customer ON wrong_pins (customer_id, at);
CREATE INDEX IF NOT EXISTS wrong_pins_by_address ON wrong_pins (address, at);
CREATE TABLE IF NOT EXISTS step_ups (
  step_up_id TEXT PRIMARY KEY, token TEXT UNIQUE NOT NULL,
  subject TEXT NOT NULL REFERENCES subjects, customer_id TEXT NOT NULL REFERENCES customers,
  operation TEXT NOT NULL, resource_id TEXT NOT NULL, amount_fen INTEGER NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts, conversation TEXT NOT NULL,
  reference TEXT NOT NULL, state TEXT NOT NULL, expires_at TEXT NOT NULL,
  wrong_pins INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS quotes (
  quote_id TEXT PRIMARY KEY, loan_id TEXT NOT NULL REFERENCES loans, amount_fen INTEGER,
  total_fen INTEGER NOT NULL, account_id TEXT NOT NULL REFERENCES accounts,
  body TEXT NOT NULL, valid_until TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS repayments (
  repayment_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers,
  key TEXT NOT NULL, quote_id TEXT NOT NULL REFERENCES quotes,
  loan_id TEXT NOT NULL REFERENCES loans, account_id TEXT NOT NULL REFERENCES accounts,
  step_up_id TEXT NOT NULL UNIQUE REFERENCES step_ups, total_fen INTEGER NOT NULL,
  state TEXT NOT NULL, accepted_on TEXT NOT NULL, outstanding_fen INTEGER NOT NULL,
  posted_at TEXT, receipt_no TEXT UNIQUE, failure_code TEXT, settles_at TEXT, settles_as TEXT,
  UNIQUE (customer_id, key));
CREATE UNIQUE INDEX IF NOT EXISTS one_repayment_at_a_time
  ON repayments (loan_id) WHERE state = 'processing';
CREATE TABLE IF NOT EXISTS postings (
  posting_id TEXT PRIMARY KEY, repayment_id TEXT NOT NULL UNIQUE REFERENCES repayments,
  key TEXT NOT NULL, loan_id TEXT NOT NULL REFERENCES loans, amount_fen INTEGER NOT NULL,
  posted_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
  customer_id TEXT NOT NULL REFERENCES customers, key TEXT NOT NULL, request TEXT NOT NULL,
  status INTEGER NOT NULL, body TEXT NOT NULL, given_at TEXT NOT NULL,
  PRIMARY KEY (customer_id, key));
CREATE TABLE IF NOT EXISTS events (
  event_id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL);
"""
