package appfolio

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rentbell/core"
)

func TestEnvelope(t *testing.T) {
	body := ` {"type":"unit.inspected","data":{"score":7},"id":"evt_9","created_at":"2026-06-18T10:00:00-04:00"} ` + "\r\n\t"
	e := mustOpen(t, body)
	if e.ID != "evt_9" || e.Type != "unit.inspected" || e.Seq != 0 {
		t.Errorf("got id %q, type %q, seq %d", e.ID, e.Type, e.Seq)
	}
	if want := time.Date(2026, time.June, 18, 14, 0, 0, 0, time.UTC); e.OccurredAt != want {
		t.Errorf("OccurredAt: got %v, want %v", e.OccurredAt, want)
	}
	if e.ReceivedAt != received.UTC() {
		t.Errorf("ReceivedAt: got %v, want %v in UTC", e.ReceivedAt, received)
	}
	if e.Detail != nil || !e.Attention.IsZero() {
		t.Errorf("an unknown type got detail %v, attention %v", e.Detail, e.Attention)
	}
	if string(e.Body) != body {
		t.Errorf("Body: got %q, want it as sent", e.Body)
	}
	if got := string(e.Data()); got != `{"score":7}` {
		t.Errorf("Data: got %s", got)
	}
}

func TestWithoutCreatedAtTheTimeOfReceiptCounts(t *testing.T) {
	for _, created := range []string{`null`, `""`} {
		e := mustOpen(t, `{"id":"a","type":"b","created_at":`+created+`}`)
		if e.OccurredAt != received.UTC() || e.OccurredAt.Location() != time.UTC || !e.Attention.IsZero() {
			t.Errorf("created_at %s: %v, %v, want the time of receipt", created, e.OccurredAt, e.Attention)
		}
	}
}

func TestCreatedAtThatCannotBeRightNeedsAttention(t *testing.T) {
	odd := core.Attention{Reason: core.ReasonTime, Field: "created_at"}
	for _, created := range []string{
		`1781793611`, `"yesterday"`, `"2026-06-18"`, `{}`, `"2026-02-30T00:00:00Z"`, `"\ud800"`, `" "`, `true`,
		`"0001-01-01T00:00:00Z"`, `"1900-01-01T00:00:00Z"`, `"1970-01-01T00:00:00Z"`, `"1999-12-31T23:59:59Z"`,
		`"9999-12-31T23:59:59Z"`, `"2062-06-18T10:00:00Z"`, `"2026-06-19T18:40:13Z"`,
		`"2026-06-18T10:00:00-0500"`, `"2026-06-18T10:00:00-05"`, `"2026-06-18T10:00:00"`, `"2026-06-18 10:00:00-05:00"`,
		`"06/18/2026 10:00 AM"`, `"/Date(1781793611000)/"`, `"2026-06-18T24:00:00Z"`,
	} {
		for _, eventType := range []string{core.TypePaymentReceived, "unit.inspected"} {
			e := mustOpen(t, `{"id":"a","type":"`+eventType+`","created_at":`+created+`,"data":{"lease_id":"1","amount_cents":5,"payment_method":"Card"}}`)
			if e.OccurredAt != received.UTC() || e.Attention != odd {
				t.Errorf("created_at %s: %v, %v, want the time of receipt, and a look", created, e.OccurredAt, e.Attention)
			}
		}
	}
	for _, created := range []string{"2000-01-01T00:00:00Z", "2026-06-18T10:00:00.5-04:00", "2026-06-19T14:40:12-04:00", "2026-06-18t10:00:00z"} {
		e := mustOpen(t, `{"id":"a","type":"b","created_at":"`+created+`"}`)
		if at, _ := Time(created); e.OccurredAt != at || !e.Attention.IsZero() {
			t.Errorf("created_at %s: %v, %v", created, e.OccurredAt, e.Attention)
		}
	}
	e := mustOpen(t, `{"id":"a","type":"payment.received","created_at":"1970-01-01T00:00:00Z","data":{"lease_id":"1","payment_method":"Card"}}`)
	if e.Attention != missing("amount_cents") { // money first
		t.Errorf("no amount either: %v", e.Attention)
	}
}

func TestDeliveriesThatAreNoEvent(t *testing.T) {
	deep := strings.Repeat(`[`, 20000) + strings.Repeat(`]`, 20000)
	tests := []struct {
		name, body string
		want       core.Reason
	}{
		{"empty", ``, core.ReasonNotObject},
		{"space", " \n", core.ReasonNotObject},
		{"binary", "\x00\x01", core.ReasonNotObject},
		{"array", `[{"id":"a","type":"b"}]`, core.ReasonNotObject},
		{"text", `"id"`, core.ReasonNotObject},
		{"number", `1`, core.ReasonNotObject},
		{"null", `null`, core.ReasonNotObject},
		{"cut off", `{"id":"a","type":"b"`, core.ReasonNotObject},
		{"text after it", `{"id":"a","type":"b"} x`, core.ReasonNotObject},
		{"two objects", `{"id":"a","type":"b"}{"id":"c","type":"d"}`, core.ReasonNotObject},
		{"nul after it", "{\"id\":\"a\",\"type\":\"b\"}\x00", core.ReasonNotObject},
		{"byte order mark", "\ufeff" + `{"id":"a","type":"b"}`, core.ReasonNotObject},
		{"no-break space", "\u00a0" + `{"id":"a","type":"b"}`, core.ReasonNotObject},
		{"trailing comma", `{"id":"a","type":"b",}`, core.ReasonNotObject},
		{"comment", `{"id":"a",/**/"type":"b"}`, core.ReasonNotObject},
		{"single quotes", `{'id':'a','type':'b'}`, core.ReasonNotObject},
		{"NaN", `{"id":"a","type":"b","data":NaN}`, core.ReasonNotObject},
		{"leading zero", `{"id":"a","type":"b","data":{"n":01}}`, core.ReasonNotObject},
		{"raw control character", "{\"id\":\"a\nb\",\"type\":\"b\"}", core.ReasonNotObject},
		{"no UTF-8", "{\"id\":\"a\",\"type\":\"b\",\"data\":{\"n\":\"\xff\"}}", core.ReasonNotObject},
		{"overlong UTF-8", "{\"id\":\"\xc0\xaf\",\"type\":\"b\"}", core.ReasonNotObject},
		{"UTF-8 surrogate", "{\"id\":\"\xed\xa0\x80\",\"type\":\"b\"}", core.ReasonNotObject},
		{"too deep", `{"id":"a","type":"b","data":` + deep + `}`, core.ReasonNotObject},
		{"one level too deep", `{"id":"a","type":"b","data":` + nested(10_000) + `}`, core.ReasonNotObject},

		{"no members", `{}`, core.ReasonNoID},
		{"no id", `{"type":"b"}`, core.ReasonNoID},
		{"id in another case", `{"ID":"a","Id":"a","type":"b"}`, core.ReasonNoID},
		{"id only further down", `{"type":"b","data":{"id":"a"}}`, core.ReasonNoID},
		{"number for id", `{"id":7,"type":"b"}`, core.ReasonNoID},
		{"null for id", `{"id":null,"type":"b"}`, core.ReasonNoID},
		{"object for id", `{"id":{"id":"a"},"type":"b"}`, core.ReasonNoID},
		{"empty id", `{"id":"","type":"b"}`, core.ReasonNoID},
		{"id of 513 bytes", `{"id":"` + strings.Repeat("é", 256) + `x","type":"b"}`, core.ReasonNoID},
		{"last id of two is none", `{"id":"a","type":"b","id":null}`, core.ReasonNoID},
		{"half a pair in id", `{"id":"a\ud800","type":"b"}`, core.ReasonNoID},
		{"other half in id", `{"id":"\udc00\ud800","type":"b"}`, core.ReasonNoID},
		{"half a pair, then another escape", `{"id":"\ud83d\u0041","type":"b"}`, core.ReasonNoID},
		{"half a pair, then text", `{"id":"\ud83dabcdefg","type":"b"}`, core.ReasonNoID},
		{"half a pair, then a backslash", `{"id":"\ud83d\\udd14","type":"b"}`, core.ReasonNoID},
		{"first half twice", `{"id":"\ud83d\ud83d\udd14","type":"b"}`, core.ReasonNoID},
		{"half a pair beside the replacement character", `{"id":"\uFFFD\ud83d","type":"b"}`, core.ReasonNoID},
		{"half a pair beside that character as it is", `{"id":"` + "\ufffd" + `\ud83d","type":"b"}`, core.ReasonNoID},
		{"half a pair beside what only looks like its escape", `{"id":"\\ufffd\ud83d","type":"b"}`, core.ReasonNoID},

		{"no type", `{"id":"a"}`, core.ReasonNoType},
		{"type in another case", `{"id":"a","Type":"b"}`, core.ReasonNoType},
		{"boolean for type", `{"id":"a","type":true}`, core.ReasonNoType},
		{"empty type", `{"id":"a","type":""}`, core.ReasonNoType},
		{"type of 129 bytes", `{"id":"a","type":"` + strings.Repeat("x", 129) + `"}`, core.ReasonNoType},
		{"half a pair in type", `{"id":"a","type":"\udfff"}`, core.ReasonNoType},
		{"neither", `{"type":1}`, core.ReasonNoID},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := reasonOf(t, tt.body); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// nested is a list in a list, so many levels deep.
func nested(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }

func TestIDsAndTypesThatCount(t *testing.T) {
	long := strings.Repeat("é", 256) // 512 bytes
	tests := []struct{ name, body, id, eventType string }{
		{"longest id", `{"id":"` + long + `","type":"b"}`, long, "b"},
		{"longest type", `{"id":"a","type":"` + long[:128] + `"}`, "a", long[:128]},
		{"escapes", `{"id":"\"\\\/\b\f\n\r\t\u0041\u00e9","type":"b"}`, "\"\\/\b\f\n\r\tAé", "b"},
		{"a pair of escapes", `{"id":"x\ud83d\uDD14y","type":"b"}`, "x🔔y", "b"},
		{"the replacement character itself", `{"id":"\ufffd\ufffd","type":"b"}`, "\ufffd\ufffd", "b"},
		{"the replacement character in all its spellings", `{"id":"` + "\ufffd" + `\uFFFD\uFffD\\ufffd\\\ufffd\ud83d\udd14","type":"b"}`, "\ufffd\ufffd\ufffd\\ufffd\\\ufffd🔔", "b"},
		{"what only looks like half a pair", `{"id":"\\ud800","type":"b"}`, `\ud800`, "b"},
		{"as deep as it may be", `{"id":"a","type":"b","data":` + nested(9_999) + `}`, "a", "b"},
		{"nul", `{"id":"\u0000","type":"b"}`, "\x00", "b"},
		{"space", `{"id":" a ","type":" "}`, " a ", " "},
		{"last of two", `{"id":"a","type":"b","id":"c","type":"d"}`, "c", "d"},
		{"escaped names", `{"\u0069d":"a","t\u0079pe":"b"}`, "a", "b"},
		{"odd names around", `{"":0,"\"id\"":"x","\ud800":[{"id":"y"},"}"],"i":{"]":"\\"},"id":"a","type":"b"}`, "a", "b"},
		{"spread out", "\n{ \"id\" \t:\r\"a\" , \"type\"\n:\"b\" , \"n\" : -1.5e+3 , \"t\":true , \"o\" : { } }", "a", "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if e := mustOpen(t, tt.body); e.ID != tt.id || e.Type != tt.eventType {
				t.Errorf("got id %q, type %q, want %q, %q", e.ID, e.Type, tt.id, tt.eventType)
			}
		})
	}
}

// FuzzDecode checks that what is read of a body is what encoding/json reads of
// it, and that nothing is read of what is no object.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"id":"evt_1","type":"payment.received","created_at":"2026-06-18T14:40:11Z","data":{"lease_id":"1","amount_cents":5,"payment_method":"Card"}}`))
	f.Add([]byte(` { "type" : "tenant.created" , "id" : "\u00e9\ud83d\ude00" , "data" : [ { } , "}\"" , 1e5 ] } `))
	f.Add([]byte(`{"id":"a","type":"lease.signed","data":{"lease_id":{},"move_in_date":"2026-06-31","term_months":1201},"data":null}`))
	f.Add([]byte(`{"id":"\ud800","type":"b"}`))
	f.Add([]byte(`{"id":"a","type":"work_order.updated","data":{"assigned_vendor":null}}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, malformed := Decode(body, received)
		var members map[string]json.RawMessage
		isObject := utf8.Valid(body) && json.Unmarshal(body, &members) == nil && members != nil
		if isObject == (malformed == core.ReasonNotObject) {
			t.Fatalf("%q: %q, but encoding/json finds an object: %v", body, malformed, isObject)
		}
		if malformed != "" {
			return
		}
		sameText(t, "id", e.ID, members["id"])
		sameText(t, "type", e.Type, members["type"])
		if !bytes.Equal(e.Body, body) || e.OccurredAt.Location() != time.UTC {
			t.Fatalf("%q: body or time zone changed", body)
		}
		if p, ok := e.Detail.(core.Payment); ok {
			sameAmount(t, p, e.Data())
		}
	})
}

func sameText(t *testing.T, name, got string, raw json.RawMessage) {
	t.Helper()
	var want string
	if err := json.Unmarshal(raw, &want); err != nil || got != want {
		t.Fatalf("%s: got %q, want %q (%v)", name, got, want, err)
	}
}

func sameAmount(t *testing.T, p core.Payment, data json.RawMessage) {
	t.Helper()
	var members map[string]json.RawMessage
	_ = json.Unmarshal(data, &members) // no object: no amount
	want, err := strconv.ParseInt(string(members["amount_cents"]), 10, 64)
	if p.AmountKnown != (err == nil) || int64(p.Amount) != want && err == nil {
		t.Fatalf("amount: got %d (%v), want %d (%v)", p.Amount, p.AmountKnown, want, err)
	}
}
