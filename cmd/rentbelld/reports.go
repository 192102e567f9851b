package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/lookout"
	"rentbell/store"
)

// importReport takes in one of AppFolio's reports.
func importReport(ctx context.Context, args []string, p program) error {
	i := newImport("import report")
	kind := i.flags.String("report", "", "income_register, rent_roll, delinquency or work_order")
	if err := i.parse(args, "data", "report"); err != nil {
		return err
	}
	i.kind, i.none = core.TableKind(strings.ToLower(*kind)), core.ErrEmptyReport
	if !slices.Contains(core.ReportKinds(), i.kind) {
		return fmt.Errorf("%w: --report is income_register, rent_roll, delinquency or work_order", errUsage)
	}
	if i.kind == core.TableDelinquency {
		i.tell = "%d unknown to the radar, %d with another amount there, %d as the radar finds them"
	}
	return i.run(ctx, p, func(t readTable) string { return fmt.Sprintf("%d %s read", t.found.Count(), thingsOf[i.kind]) })
}

// thingsOf are the things that reports are of.
var thingsOf = map[core.TableKind]string{
	core.TableIncome: "receipts", core.TableRentRoll: "leases", core.TableWorkOrders: "work orders", core.TableDelinquency: "leases that owe",
}

// rolesOf are the roles for which a report has no certain column.
func rolesOf(err error) string {
	var unsure *reports.ColumnsError
	if !errors.As(err, &unsure) {
		return ""
	}
	var roles []string
	for _, role := range unsure.Roles {
		roles = append(roles, string(role))
	}
	return strings.Join(roles, ", ")
}

// ledger keeps what reports tell in a store that no other process has.
type ledger struct {
	*store.DB
	look func() (*lookout.Lookout, error)
}

// Settle keeps a settlement. The bell does not tell later what its rents show now.
func (l ledger) Settle(s core.Settlement) (fresh int, err error) {
	if len(s.Imported) == 0 {
		return l.DB.Settle(s)
	}
	look, err := l.look()
	if err != nil {
		return 0, err
	}
	err = look.Learn(s, func() (err error) {
		fresh, err = l.DB.Settle(s)
		return err
	})
	return fresh, err
}

// find is what the radar finds in a store at a time.
func find(ctx context.Context, db *store.DB, at time.Time) ([]core.Finding, error) {
	terms, err := decided(db)
	if err != nil {
		return nil, err
	}
	return lookout.Find(ctx, db, lookout.StepsOf(db), terms, at)
}
