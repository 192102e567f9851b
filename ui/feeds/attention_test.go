package feeds

import (
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestConcernsAreInWords(t *testing.T) {
	e := uitest.Event("pay", present.AddDate(0, 0, -2), core.Payment{Place: core.Place{Tenant: "Dana Whitfield"}},
		core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"})
	item := describeConcern(core.Concern{ID: 7, Event: &e}, present)
	if item.id != 7 || item.title != "Payment without an amount" || item.text != "Dana Whitfield, on Tuesday. AppFolio did not send the amount." || item.hint == "" {
		t.Errorf("an event: %+v", item)
	}
	q := core.Quarantined{ReceivedAt: present.UTC(), Reason: core.ReasonNotObject, Body: []byte("[]")}
	item = describeConcern(core.Concern{ID: 8, Quarantined: &q}, present)
	if item.id != 8 || item.title == "" || string(item.body) != "[]" || item.event != nil {
		t.Errorf("a delivery: %+v", item)
	}
	if _, ok := registrationConcern(core.RegistrationStatus{Progress: core.Registered}); ok {
		t.Error("a registration that worked needs attention")
	}
	item, ok := registrationConcern(core.RegistrationStatus{Progress: core.Declined, Problem: &core.SubscribeError{Status: 401}})
	if !ok || item.id != 0 || item.title != "AppFolio does not accept the API key" {
		t.Errorf("a declined registration: %+v, %v", item, ok)
	}
}
