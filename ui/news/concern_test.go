package news

import (
	"slices"
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestConcernsAreInWords(t *testing.T) {
	e := uitest.Event("pay", uitest.Present.AddDate(0, 0, -2), core.Payment{Place: core.Place{Tenant: "Dana Whitfield"}},
		core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"})
	item := describeConcern(core.Concern{ID: 7, Event: &e}, uitest.Present)
	if !slices.Equal(item.IDs, []uint64{7}) || item.Title != "Payment without an amount" || item.Text != "Dana Whitfield, on Tuesday. AppFolio did not send the amount." || item.Hint == "" {
		t.Errorf("an event: %+v", item)
	}
	q := core.Quarantined{ReceivedAt: uitest.Present.UTC(), Reason: core.ReasonNotObject, Body: []byte("[]")}
	item = describeConcern(core.Concern{ID: 8, Quarantined: &q}, uitest.Present)
	if !slices.Equal(item.IDs, []uint64{8}) || item.Title == "" || string(item.Body) != "[]" || item.Event != nil {
		t.Errorf("a delivery: %+v", item)
	}
	if _, ok := registrationConcern(core.RegistrationStatus{Progress: core.Registered}); ok {
		t.Error("a registration that worked needs attention")
	}
	item, ok := registrationConcern(core.RegistrationStatus{Progress: core.Declined, Problem: &core.SubscribeError{Status: 401}})
	if !ok || item.Handles() || item.Title != "AppFolio does not accept the API key" {
		t.Errorf("a declined registration: %+v, %v", item, ok)
	}
}
