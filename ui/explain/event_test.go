package explain

import (
	"fmt"
	"testing"

	"rentbell/core"
)

func TestEveryReasonHasWords(t *testing.T) {
	for _, reason := range []core.Reason{core.ReasonNotObject, core.ReasonNoID, core.ReasonNoType, core.ReasonOtherAccount} {
		checkWords(t, string(reason), English.Quarantine(reason))
	}
	details := []core.Detail{core.Payment{}, core.WorkOrder{}, core.LeaseSigned{}, core.LeaseExpired{}, core.Tenant{}, core.Move{}, core.Doorbell{}, nil}
	for _, detail := range details {
		for field := range fields {
			for _, reason := range []core.Reason{core.ReasonMissing, core.ReasonWrongKind, core.ReasonNoProperty, core.ReasonTime, "new-one"} {
				e := core.Event{Detail: detail, Attention: core.Attention{Reason: reason, Field: field}}
				checkWords(t, fmt.Sprint(reason, " ", field), English.Event(e))
			}
		}
	}
	noAmount := core.Event{Detail: core.Payment{}, Attention: core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}}
	want := Words{"Payment without an amount", "AppFolio did not send the amount.", "Look it up in AppFolio. Until then it is left out of totals and exports."}
	if got := English.Event(noAmount); got != want {
		t.Errorf("payment without an amount: %+v, want %+v", got, want)
	}
	never := core.Event{Detail: core.Payment{}, Attention: core.Attention{Reason: core.ReasonTime, Field: "created_at"}}
	want = Words{"Payment with an unlikely date", "AppFolio sent a date or time that cannot be right, so the moment it arrived counts.", "Look it up in AppFolio."}
	if got := English.Event(never); got != want {
		t.Errorf("payment of the year 1: %+v, want %+v", got, want)
	}
	if got := English.Event(core.Event{}); got != (Words{}) {
		t.Errorf("nothing wrong, yet %+v", got)
	}
}
