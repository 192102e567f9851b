package feeds

import "testing"

func TestIndented(t *testing.T) {
	tests := map[string]string{
		`{"a":1,"b":[]}`: "{\n  \"a\": 1,\n  \"b\": []\n}",
		"no JSON \xff":   "no JSON \ufffd",
		"":               "",
	}
	for body, want := range tests {
		if got := indented([]byte(body)); got != want {
			t.Errorf("%q is shown as %q, want %q", body, got, want)
		}
	}
}
