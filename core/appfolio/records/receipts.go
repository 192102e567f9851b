package records

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"rentbell/core"
)

const incomeRegister = "income_register.json"

// Receipts lists the money received from one day to another, both included, in
// AppFolio's order. A receipt whose rows are all zero, as after a reversal, has an
// amount of zero. A receipt with an amount that cannot be read is listed as
// Unreadable, so that it passes neither for reversed nor for gone.
func (c *Client) Receipts(ctx context.Context, a core.Account, from, to core.Date) ([]Receipt, error) {
	s, err := c.reports(a)
	if err != nil {
		return nil, fmt.Errorf("read receipts: %w", err)
	}
	var rows []receiptRow
	for more, err := range pages[receiptRow](ctx, s, s.register(from, to)) {
		if err != nil {
			return nil, fmt.Errorf("read receipts: %w", err)
		}
		rows = append(rows, more...)
	}
	receipts, unreadable := grouped(rows)
	if unreadable > 0 {
		c.log.Warn("receipts have no readable amount", "receipts", unreadable)
	}
	return receipts, nil
}

// register is the request for the income register of a period.
func (s *session) register(from, to core.Date) call {
	body, err := json.Marshal(map[string]string{"receipt_date_from": from.String(), "receipt_date_to": to.String()})
	if err != nil {
		panic(err) // texts always encode
	}
	return call{method: http.MethodPost, target: s.base.JoinPath(s.path, incomeRegister), body: body, limit: pageTimeout}
}

// tryReceipts asks for the receipts of one day.
func (c *Client) tryReceipts(ctx context.Context, a core.Account, today core.Date) error {
	s, err := c.reports(a)
	if err != nil {
		return fmt.Errorf("try credentials of reports: %w", err)
	}
	ask := s.register(today, today)
	ask.limit, ask.patience = tryTimeout, tryTimeout
	if _, err = onePage[receiptRow](ctx, s, ask); err != nil {
		return fmt.Errorf("try credentials of reports: %w", err)
	}
	return nil
}

type receiptRow struct {
	ID          text    `json:"receipt_id"`
	Date        day     `json:"receipt_date"`
	Amount      dollars `json:"receipt_amount"`
	Description text    `json:"receipt_description"`
	Payer       text    `json:"payer"`
	Property    text    `json:"property_name"`
	Unit        text    `json:"unit"`
	Reference   text    `json:"reference"`
	Type        text    `json:"type"`
}

// grouped makes receipts of rows, and counts the receipts that are unreadable.
func grouped(rows []receiptRow) (receipts []Receipt, unreadable int) {
	var order []text
	parts := map[text][]receiptRow{}
	for _, row := range rows {
		if row.ID == "" {
			continue
		}
		if parts[row.ID] == nil {
			order = append(order, row.ID)
		}
		parts[row.ID] = append(parts[row.ID], row)
	}
	for _, id := range order {
		if slices.ContainsFunc(parts[id], func(row receiptRow) bool { return !row.Amount.known }) {
			receipts = append(receipts, Receipt{ID: string(id), Unreadable: true})
			unreadable++
			continue
		}
		receipts = append(receipts, receiptOf(string(id), parts[id]))
	}
	return receipts, unreadable
}

// receiptOf makes a receipt of its rows. It skips rows of zero when there are others.
func receiptOf(id string, rows []receiptRow) Receipt {
	zero := func(row receiptRow) bool { return row.Amount.cents == 0 }
	if slices.ContainsFunc(rows, func(row receiptRow) bool { return !zero(row) }) {
		rows = slices.DeleteFunc(rows, zero)
	}
	r := Receipt{ID: id}
	for _, row := range rows {
		r.add(row)
	}
	return r
}

// add adds a row. Each text comes from the first row that has it.
func (r *Receipt) add(row receiptRow) {
	r.Amount = r.Amount.Plus(row.Amount.cents)
	if r.Date.IsZero() {
		r.Date = core.Date(row.Date)
	}
	for _, field := range []struct {
		to   *string
		from string
	}{
		{&r.Description, string(row.Description)},
		{&r.Payer, turned(string(row.Payer))},
		{&r.Property, string(row.Property)},
		{&r.Unit, string(row.Unit)},
		{&r.Reference, string(row.Reference)},
		{&r.Type, string(row.Type)},
	} {
		if *field.to == "" {
			*field.to = field.from
		}
	}
}

// suffixes follow a comma in names that stay as they are.
var suffixes = []string{"llc", "llp", "lp", "inc", "corp", "co", "ltd", "pllc", "pc", "jr", "sr", "ii", "iii", "iv"}

// turned makes "Dana Whitfield" of "Whitfield, Dana". Names of companies and of any
// other form stay as they are.
func turned(name string) string {
	last, first, found := strings.Cut(name, ",")
	last, first = strings.TrimSpace(last), strings.TrimSpace(first)
	word := strings.ToLower(strings.ReplaceAll(first, ".", ""))
	if !found || last == "" || first == "" || strings.ContainsRune(first, ',') ||
		strings.ContainsFunc(name, unicode.IsDigit) || slices.Contains(suffixes, word) {
		return name
	}
	return first + " " + last
}
