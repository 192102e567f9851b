package appfolio

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzMembers holds the members against those that json.Unmarshal finds.
func FuzzMembers(f *testing.F) {
	for _, text := range []string{
		`{}`, ` { } `, `null`, `[]`, `"{}"`, `7`, ``, `{`, `{}{}`, `{} x`, `{"a":1}`, ` {"a" : 1 , "b":[1,{"c":"}"}] } `,
		`{"a":1,"a":2,"A":3}`, `{"\u0061":"\"\\"}`, `{"":{"":{}}}`, "{\"a\":\"\xff\",\"\xff\":1}", `{"a":-1.50e+3,"b":true,"c":null}`,
		`{"a":"\ud83d","b":"\\"}`, "{\n\t\"a\":\r\n[ ] }",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var want map[string]json.RawMessage
		if json.Unmarshal(text, &want) != nil {
			want = nil
		}
		if got := Members(text); !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
