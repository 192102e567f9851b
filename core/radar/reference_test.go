package radar_test

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// reference finds what the radar should, from the rules in words and in the plainest
// way: everything is sorted, filtered and added up again for every question.
type reference struct {
	events []core.Event // that have happened, in order
	terms  radar.Terms
	now    time.Time
	loc    *time.Location
}

func findingsByReference(events []core.Event, t radar.Terms, now time.Time, loc *time.Location) []core.Finding {
	r := reference{terms: t, now: now, loc: loc}
	seen := map[uint64]bool{}
	for _, e := range events {
		if !e.OccurredAt.After(now) && !seen[e.Seq] {
			seen[e.Seq] = true
			r.events = append(r.events, e)
		}
	}
	slices.SortFunc(r.events, func(a, b core.Event) int {
		return cmp.Or(a.OccurredAt.Compare(b.OccurredAt), cmp.Compare(a.Seq, b.Seq))
	})
	leases, orders := map[string]bool{}, map[string]bool{}
	for id := range t.Leases {
		leases[id] = true
	}
	for _, e := range r.events {
		switch s := e.Detail.Subject(); s.Kind {
		case "lease":
			leases[s.ID] = true
		case "workorder":
			orders[s.ID] = true
		}
	}
	var list []core.Finding
	for id := range leases {
		list = append(list, r.lease(id)...)
	}
	for id := range orders {
		list = append(list, r.order(id)...)
	}
	slices.SortFunc(list, func(a, b core.Finding) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lease+a.WorkOrder, b.Lease+b.WorkOrder),
			cmp.Compare(a.SinceDay.String(), b.SinceDay.String()), a.Since.Compare(b.Since), cmp.Compare(newest(a), newest(b)))
	})
	return list
}

func newest(f core.Finding) uint64 { return append([]uint64{0}, f.Seqs...)[len(f.Seqs)] }

// received is a payment of the reference.
type received struct {
	core.Event
	core.Payment
	came    core.Month // the month in which it came in
	counts  core.Month // the month that it counts for
	partner *received
}

func (r reference) lease(id string) (list []core.Finding) {
	payments := r.payments(id)
	rule, place := r.rule(id), r.terms.Leases[id]
	begins, ends, setBy := r.stay(id)
	today := core.DateOf(r.now.In(r.loc))

	countsIn := func(m core.Month) bool {
		due := core.Date{Year: m.Year, Month: m.Month, Day: 1}
		for due.Day < rule.Due && due.AddDays(1).Month == m.Month {
			due = due.AddDays(1)
		}
		return (begins.IsZero() || begins.String() <= due.String()) && (ends.IsZero() || ends.String() >= m.String()+"-01")
	}
	sum := func(m core.Month) (total core.Cents, seqs []uint64) {
		seqs = []uint64{}
		for _, p := range payments {
			if p.counts == m {
				total += p.Amount
				seqs = append(seqs, p.Seq)
			}
		}
		return total, seqs
	}

	for _, back := range []int{0, -1, -2} {
		m := core.MonthOf(r.now.In(r.loc)).Add(back)
		rent, known := r.rent(id, m, payments)
		total, seqs := sum(m)
		since := m.Day(rule.Due).AddDays(rule.Grace).AddDays(1)
		if !known || !countsIn(m) || today.String() < since.String() || total+100 >= rent {
			continue
		}
		f := core.Finding{Kind: core.FindLate, Lease: id, Month: m, Expected: rent, Received: total, SinceDay: since, Seqs: seqs}
		if total > 0 {
			f.Kind = core.FindPartial
		}
		list = append(list, f)
	}

	for i, p := range payments {
		if r.now.Sub(p.OccurredAt) > 60*24*time.Hour {
			continue
		}
		one := core.Finding{Lease: id, Amount: p.Amount, Since: p.OccurredAt, Seqs: []uint64{p.Seq}}
		if p.Amount > 0 && !place.Notice.IsZero() && p.OccurredAt.After(place.Notice) {
			one.Kind = core.FindNotice
			list = append(list, one)
		}
		if p.Amount < 0 && p.partner == nil {
			one.Kind, one.Amount = core.FindRefund, -p.Amount
			list = append(list, one)
		}
		if p.Amount < 0 && p.partner != nil {
			one.Kind, one.Amount, one.Month, one.Seqs = core.FindReturned, -p.Amount, p.partner.counts, []uint64{p.partner.Seq, p.Seq}
			list = append(list, one)
		}
		if p.Amount <= 0 || p.partner != nil {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			q := payments[k]
			if q.partner != nil || q.Amount != p.Amount || q.Method != p.Method || q.counts != p.counts {
				continue
			}
			rent, known := r.rent(id, p.counts, payments)
			total, _ := sum(p.counts)
			if p.OccurredAt.Sub(q.OccurredAt) <= 72*time.Hour && known && total > rent && countsIn(p.counts) {
				list = append(list, core.Finding{Kind: core.FindTwice, Lease: id, Month: p.counts, Amount: p.Amount,
					Expected: rent, Received: total, Since: p.OccurredAt, Seqs: []uint64{q.Seq, p.Seq}})
			}
			break
		}
	}

	if left := today.DaysUntil(ends); !ends.IsZero() && left >= 0 && left <= 90 {
		level := 90
		for _, l := range []int{60, 30, 7} {
			if left <= l {
				level = l
			}
		}
		list = append(list, core.Finding{Kind: core.FindLeaseEnds, Lease: id, Days: left, Level: level, Ends: ends, Seqs: []uint64{setBy}})
	}
	return list
}

// payments are those of a lease with their partners and the months they count for.
func (r reference) payments(id string) (list []*received) {
	for _, e := range r.events {
		if p, is := e.Detail.(core.Payment); is && p.Lease == id && p.AmountKnown {
			list = append(list, &received{Event: e, Payment: p, came: core.MonthOf(e.OccurredAt.In(r.loc))})
		}
	}
	for i, p := range list {
		for k := i - 1; k >= 0 && p.Amount < 0 && p.partner == nil; k-- {
			q := list[k]
			if q.Amount == -p.Amount && q.partner == nil && p.OccurredAt.Sub(q.OccurredAt) <= 60*24*time.Hour {
				p.partner, q.partner = q, p
			}
		}
	}
	for i, p := range list {
		p.counts = p.came
		if p.Amount < 0 {
			if p.partner != nil {
				p.counts = p.partner.counts
			}
			continue
		}
		if p.OccurredAt.In(r.loc).Day() < 25 {
			continue
		}
		var sofar core.Cents
		for _, q := range list[:i] {
			if q.counts == p.came {
				sofar += q.Amount
			}
		}
		rent, known := r.rent(id, p.came, list)
		if r.terms.Leases[id].PaysAhead || known && sofar+100 >= rent {
			p.counts = p.came.Add(1)
		}
	}
	return list
}

func (r reference) rent(id string, m core.Month, payments []*received) (rent core.Cents, known bool) {
	t := r.terms.Leases[id]
	for _, typed := range t.Typed {
		if typed.From.IsZero() || typed.From.String() <= m.String() {
			rent, known = typed.Amount, true
		}
	}
	switch {
	case known:
		return rent, true
	case t.Imported != nil:
		return *t.Imported, true
	case t.Told != nil:
		return *t.Told, true
	}
	var nets []core.Cents
	for back := 6; back >= 1; back-- {
		var net core.Cents
		for _, p := range payments {
			if p.came == m.Add(-back) && p.partner == nil {
				net += p.Amount
			}
		}
		nets = append(nets, net)
	}
	times := map[core.Cents]int{}
	for _, net := range nets {
		if net > 0 {
			times[net]++
		}
	}
	most := 0
	for _, net := range nets {
		if n := times[net]; n >= 3 && n >= most {
			rent, known, most = net, true, n
		}
	}
	return rent, known
}

func (r reference) rule(id string) core.DueRule {
	property := ""
	for _, e := range r.events {
		var told core.Place
		switch d := e.Detail.(type) {
		case core.Payment:
			if d.AmountKnown {
				told = d.Place
			}
		case core.LeaseSigned:
			told = d.Place
		case core.LeaseExpired:
			told = d.Place
		}
		if e.Detail.Subject() == (core.Subject{Kind: "lease", ID: id}) && told.Property != "" {
			property = told.Property
		}
	}
	rule := r.terms.Default
	if of, has := r.terms.Properties[property]; has {
		rule = of
	}
	if own := r.terms.Leases[id].Rule; own != nil {
		rule = *own
	}
	return rule
}

// stay goes by signings: the earliest move-in, the latest end; none after a signing from
// month to month; a vacate date that came after the last signing instead.
func (r reference) stay(id string) (begins, ends core.Date, setBy uint64) {
	var signings, expiries []core.Event
	for _, e := range r.events {
		switch d := e.Detail.(type) {
		case core.LeaseSigned:
			if d.Lease == id {
				signings, expiries = append(signings, e), nil
			}
		case core.LeaseExpired:
			if d.Lease == id && !d.Vacate.IsZero() {
				expiries = append(expiries, e)
			}
		}
	}
	for _, e := range signings {
		d := e.Detail.(core.LeaseSigned)
		if d.MoveIn.IsZero() {
			continue
		}
		if begins.IsZero() || d.MoveIn.String() < begins.String() {
			begins = d.MoveIn
		}
		if d.Months == 0 {
			if e.Attention.IsZero() {
				ends, setBy = core.Date{}, 0
			}
			continue
		}
		if end := d.MoveIn.AddMonths(d.Months).AddDays(-1); end.String() > ends.String() {
			ends, setBy = end, e.Seq
		}
	}
	if len(expiries) > 0 {
		last := expiries[len(expiries)-1]
		ends, setBy = last.Detail.(core.LeaseExpired).Vacate, last.Seq
	}
	return begins, ends, setBy
}

func (r reference) order(id string) (list []core.Finding) {
	status, vendor, urgent, none := "", "", false, false
	var changed, without core.Event
	for _, e := range r.events {
		d, is := e.Detail.(core.WorkOrder)
		if !is || d.ID != id {
			continue
		}
		nowStatus, nowVendor := cmp.Or(d.Status, status), d.Vendor
		if e.Attention.Field == "assigned_vendor" {
			nowVendor = vendor
		}
		if changed.Seq == 0 || nowStatus != status || nowVendor != vendor {
			changed = e
		}
		nowNone := !closed(nowStatus) && nowVendor == ""
		if nowNone && !none {
			without = e
		}
		status, vendor, none = nowStatus, nowVendor, nowNone
		if d.Priority != "" {
			urgent = d.Priority == "Urgent" || d.Priority == "Emergency"
		}
	}
	if closed(status) {
		return nil
	}
	patience, ladder := 24, []int{3, 7, 14}
	if urgent {
		patience, ladder = 4, []int{1, 3, 7}
	}
	if hours := int(r.now.Sub(without.OccurredAt) / time.Hour); none && hours >= patience {
		list = append(list, core.Finding{Kind: core.FindNoVendor, WorkOrder: id, Hours: hours, Since: without.OccurredAt, Seqs: []uint64{without.Seq}})
	}
	level, step := 0, 0
	for i, days := range ladder {
		if r.now.Sub(changed.OccurredAt) >= time.Duration(days)*24*time.Hour {
			level, step = days, i+1
		}
	}
	if level > 0 {
		list = append(list, core.Finding{Kind: core.FindUntouched, WorkOrder: id, Days: level, Level: step, Since: changed.OccurredAt, Seqs: []uint64{changed.Seq}})
	}
	return list
}

func closed(status string) bool {
	return strings.HasPrefix(status, "Completed") || status == "Canceled"
}
