package records

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rentbell/core"
)

const incomeRegister = "income_register.json"

// Receipts lists the money received from one day to another, both included, in
// AppFolio's order. A receipt whose rows are all zero, as after a reversal, has an
// amount of zero. A receipt of which something cannot be read is listed all the same, so
// that somebody looks at it.
func (c *Client) Receipts(ctx context.Context, a core.Account, from, to core.Date) ([]Receipt, error) {
	s, err := c.reports(a)
	if err != nil {
		return nil, fmt.Errorf("read receipts: %w", err)
	}
	var rows []found[receiptRow]
	for more, err := range pages[receiptRow](ctx, s, s.register(from, to)) {
		if err != nil {
			return nil, fmt.Errorf("read receipts: %w", err)
		}
		rows = append(rows, more...)
	}
	return grouped(rows, to), nil
}

// register is the request for the income register of a period.
func (s *api) register(from, to core.Date) call {
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
	ID          text       `json:"receipt_id"`
	Date        receiptDay `json:"receipt_date"`
	Amount      dollars    `json:"receipt_amount"`
	Description text       `json:"receipt_description"`
	Payer       text       `json:"payer"`
	Property    text       `json:"property_name"`
	Unit        text       `json:"unit"`
	Reference   text       `json:"reference"`
	Type        text       `json:"type"`
}

// grouped makes receipts of the rows of a report that ends on a day. A row without a
// usable number is a receipt of its own.
func grouped(rows []found[receiptRow], end core.Date) (receipts []Receipt) {
	var order []string
	parts := map[string][]found[receiptRow]{}
	strays := map[string]int{}
	for _, row := range rows {
		id := string(row.row.ID)
		if !IsReceiptID(id) {
			id = strayID(row, end)
			if strays[id]++; strays[id] > 1 {
				id = fmt.Sprint(id, "-", strays[id]) // two alike are two payments
			}
		}
		if parts[id] == nil {
			order = append(order, id)
		}
		parts[id] = append(parts[id], row)
	}
	for _, id := range order {
		receipts = append(receipts, receiptOf(id, parts[id], end))
	}
	return receipts
}

// IsReceiptID reports whether a receipt can go by an id. The colon is for the ids of
// its corrections.
func IsReceiptID(id string) bool {
	return id != "" && len(id) <= longestID && !strings.ContainsAny(id, ":"+core.NoNumber)
}

// strayID is an id made of what a row without one says. The amount of a row without
// a date is no part of it: that may be a sum, which each report has another of.
func strayID(row found[receiptRow], end core.Date) string {
	if !IsPlausible(row.row.Date.date, end) {
		row.row.Amount = dollars{}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", fmt.Sprintf("%+v", row)))
	return core.NoNumber + hex.EncodeToString(sum[:8])
}

// receiptOf makes a receipt of its rows. It skips rows of zero when there are others, and
// goes by the largest for what the receipt says: rent with a late fee is rent.
func receiptOf(id string, rows []found[receiptRow], end core.Date) Receipt {
	zero := func(row found[receiptRow]) bool { return row.row.Amount.known && row.row.Amount.cents == 0 }
	if slices.ContainsFunc(rows, func(row found[receiptRow]) bool { return !zero(row) }) {
		rows = slices.DeleteFunc(rows, zero)
	}
	slices.SortStableFunc(rows, func(a, b found[receiptRow]) int { return cmp.Compare(b.row.size(), a.row.size()) })
	r := Receipt{ID: id}
	for _, row := range rows {
		r.add(row.row, end)
		r.Description = cmp.Or(r.Description, row.said)
		r.Unread = cmp.Or(r.Unread, row.unread)
	}
	if !r.Date.IsZero() {
		r.DateSaid = ""
	}
	if strings.HasPrefix(id, core.NoNumber) && r.Date.IsZero() && !r.Unreadable {
		r.Unreadable, r.AmountSaid = true, r.Amount.Decimal() // perhaps a sum
	}
	if r.Unreadable {
		r.Amount = 0
	}
	return r
}

// earliestYear is that of the first receipts that anybody has: AppFolio was founded
// later.
const earliestYear = 2000

// IsPlausible reports whether a receipt can be of a day, in a report that ends on end.
// Their time zones may differ by a day.
func IsPlausible(day, end core.Date) bool {
	return day.Year >= earliestYear && !end.AddDays(1).Before(day)
}

// size is a row's amount without its sign; 0 where it cannot be read.
func (r receiptRow) size() core.Cents { return max(r.Amount.cents, -r.Amount.cents) }

// add adds a row. Each text comes from the first row that has it, and the date is the
// latest one, whatever the order of the rows.
func (r *Receipt) add(row receiptRow, end core.Date) {
	r.Amount = r.Amount.Plus(row.Amount.cents)
	r.Unreadable = r.Unreadable || !row.Amount.known
	if IsPlausible(row.Date.date, end) && r.Date.Before(row.Date.date) {
		r.Date = row.Date.date
	}
	for _, field := range []struct {
		to   *string
		from string
	}{
		{&r.Description, string(row.Description)},
		{&r.Payer, string(row.Payer)},
		{&r.Property, string(row.Property)},
		{&r.Unit, string(row.Unit)},
		{&r.Reference, string(row.Reference)},
		{&r.Type, string(row.Type)},
		{&r.AmountSaid, row.Amount.said},
		{&r.DateSaid, cmp.Or(row.Date.said, row.Date.date.String())},
	} {
		if *field.to == "" {
			*field.to = field.from
		}
	}
}
